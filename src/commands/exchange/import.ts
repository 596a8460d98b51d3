import type { Context, Outcome } from '#core/command.ts'
import type { ImportRequest } from '#core/imports.ts'
import type { Attached } from '#core/message.ts'
import type { Draft } from '#core/ports.ts'
import { problem, say, strong } from '#core/reply.ts'
import { amount } from '../amount.ts'
import { settled, showIn, tell, visibility } from '../answer.ts'
import { blank } from '../blank.ts'
import { keep } from '../question.ts'
import { hostOf } from './calendar.ts'
import { importView } from './import-view.ts'

export async function takeIn({ content: url, waits, said }: Draft, context: Context): Promise<Outcome> {
  if (waits !== undefined) return said === 'yes' ? confirmImport(waits, context) : stopImport(waits, context)
  const { message } = context
  const [file] = message.kind === 'sentence' ? (message.files ?? []) : []
  if (file) return takeFile(file, context)
  if (url === null) {
    return tell(
      say`Send me the file, or its address, such as ${{ kind: 'code', text: 'import https://example.org/calendar.ics' }}. On the machine itself there is ${{ kind: 'code', text: 'ducktape import FILE' }}.`,
    )
  }
  return begin({ format: 'url', url, platform: null, name: hostOf(url) }, context)
}

/** What a job reads at most, in bytes. */
const largestFile = 25 * 1024 * 1024
const longestName = 200

function takeFile({ name, url, bytes }: Attached, context: Context): Promise<Outcome> | Outcome {
  if (bytes > largestFile) return { reply: problem(`I read files of at most ${largestFile / 1024 / 1024} MB: send it in parts.`) }
  const format = /\.csv$/i.test(name) ? 'csv' : 'ics'
  return begin({ format, url, platform: context.message.place.platform, name: name.slice(0, longestName) }, context)
}

/** Nothing comes in yet: what would is shown in the answer when that is known soon, else as soon as it is. */
async function begin(source: Pick<ImportRequest, 'format' | 'url' | 'platform' | 'name'>, context: Context): Promise<Outcome> {
  const { store, space, person, message, messageId: id, timeZone } = context
  const begun = await store.imports.begin({
    ...source,
    id,
    spaceId: space.id,
    calendarId: person.calendarId,
    personId: person.id,
    source: null,
    timeZone,
    dayFirst: isDayFirst(person.locale ?? message.author.locale ?? null),
    preview: true,
    shownTo: { origin: message.place, user: message.author.id, in: showIn(context) },
  })
  if (begun === 'too-many') return { reply: tooMany }
  await store.imports.restsSoon(id)
  await keep({ ...blank, intent: 'batch.import', waits: id }, source.name ?? '', context)
  return howFar(id, context)
}

const tooMany = problem('Several imports of yours are under way: wait until one of them is done.')

/** Whether 3/4 is the third of April where somebody is from. */
export function isDayFirst(locale: string | null): boolean {
  return locale !== null && !/^en-(?:US|CA|PH)$/i.test(locale) && locale !== 'en'
}

/** "Import 12 events": from here on the jobs work, and the message shows how far they are. */
export async function confirmImport(id: string, context: Context): Promise<Outcome> {
  const { store, space, person, now } = context
  const confirmed = await store.imports.confirm(space.id, person.id, id, showIn(context))
  if (confirmed === 'too-many') return { reply: tooMany }
  if (confirmed === 'confirmed') await store.questions.close(space.id, id, now)
  if (confirmed?.startsWith('confirmed')) await store.imports.restsSoon(id)
  return howFar(id, context)
}

/** What is in by then stays, until it is taken back; of what was only looked at nothing comes in. */
export async function stopImport(id: string, context: Context): Promise<Outcome> {
  const { store, space, person, message, now } = context
  if (await store.imports.stop(space.id, person.id, id, message.kind === 'press')) await store.questions.close(space.id, id, now)
  return howFar(id, context)
}

export async function howFar(id: string, context: Context): Promise<Outcome> {
  const status = await context.store.imports.status(context.space.id, context.person.id, id)
  if (!status) return { reply: problem('I know nothing of that import any more.') }
  return { reply: importView(status, context.token, visibility(context)) }
}

/** Takes out what an import brought, as far as nobody has changed it since. */
export async function undoImport(id: string, context: Context): Promise<Outcome> {
  const taken = await context.store.imports.takeBack(context.space.id, context.person.id, id)
  if (!taken) return { reply: problem('That import was taken back already, or it is not yours.') }
  const { removed, restored, kept } = taken
  const back = restored === 0 ? '' : `, and ${restored} ${restored === 1 ? 'is' : 'are'} as before`
  const stays = kept === 0 ? '' : ` ${kept} ${kept === 1 ? 'was' : 'were'} changed since, and ${kept === 1 ? 'stays' : 'stay'}.`
  return settled(context, say`Undone: ${strong(amount(removed, 'event'))} taken out again${back}.${stays}`)
}
