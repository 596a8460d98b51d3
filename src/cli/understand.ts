import { parseArgs } from 'node:util'
import { occurrencesOf } from '#calendar/file-rule.ts'
import { createLanguage } from '#language/language.ts'
import { UnderstandRequest, understandRequest } from '#language/understand.ts'
import { answerLines, checked } from './lines.ts'

/** Reads one sentence, or requests from standard input, one a line, and answers one line each, in order. */
export async function run(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      jsonl: { type: 'boolean', default: false },
      now: { type: 'string' },
      'time-zone': { type: 'string' },
      locale: { type: 'string' },
      overheard: { type: 'boolean', default: false },
      occurrences: { type: 'string' },
    },
  })
  const language = createLanguage()
  const answer = (request: unknown) =>
    understandRequest(language, checked(UnderstandRequest, request), Temporal.Now.instant(), occurrencesOf)

  if (values.jsonl) return answerLines(answer)
  const text = positionals.join(' ')
  if (text === '') throw new RangeError('say what to read: understand "remind me tomorrow at 9 to call Ann"')
  const request = {
    text,
    ...(values.now === undefined ? {} : { now: values.now }),
    ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
    ...(values.locale === undefined ? {} : { locale: values.locale }),
    ...(values.overheard ? { addressed: false } : {}),
    ...(values.occurrences === undefined ? {} : { occurrences: Number(values.occurrences) }),
  }
  process.stdout.write(`${JSON.stringify(answer(request), null, 2)}\n`)
}
