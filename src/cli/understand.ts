import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { occurrencesOf } from '#calendar/recurrence.ts'
import { createLanguage } from '#language/language.ts'
import { UnderstandRequest, understandRequest } from '#language/understand.ts'

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
  const answer = (request: unknown) => understandRequest(language, checked(request), Temporal.Now.instant(), occurrencesOf)

  if (values.jsonl) {
    for await (const line of createInterface({ input: process.stdin })) {
      if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answerLine(line, answer))}\n`)
    }
    return
  }
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

const Identified = z.object({ id: z.union([z.string(), z.number()]).optional() })

/** A line that cannot be read gets an answer too, so that answers and requests stay in step. */
function answerLine(line: string, answer: (request: unknown) => object): object {
  let request: unknown
  try {
    request = JSON.parse(line)
    return answer(request)
  } catch (cause) {
    const { id } = Identified.safeParse(request).data ?? {}
    return { ...(id === undefined ? {} : { id }), error: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Throws `RangeError` that names the field. */
function checked(request: unknown): UnderstandRequest {
  const read = UnderstandRequest.safeParse(request)
  if (read.success) return read.data
  throw new RangeError(read.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`).join('; '))
}
