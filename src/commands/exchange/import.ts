import type { Context, Outcome } from '#core/command.ts'
import type { ImportRequest, ImportStatus } from '#core/exchange.ts'
import type { Attached } from '#core/message.ts'
import { type Button, type Item, problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, settled, short, tell } from '../answer.ts'
import { bar, count } from '../batch/view.ts'
import { hostOf } from './calendar.ts'

export async function takeIn({ content: url }: Understanding, context: Context): Promise<Outcome> {
  const { message } = context
  const [file] = message.kind === 'sentence' ? (message.files ?? []) : []
  if (file) return takeFile(file, context)
  if (url === null) {
    return tell(
      say`Send me the file, or its address, such as ${{ kind: 'code', text: 'import https://example.org/calendar.ics' }}. On the machine itself there is ${{ kind: 'code', text: 'ducktape import FILE' }}.`,
    )
  }
  return begin({ format: 'url', url, platform: null }, say`I am taking in what ${strong(hostOf(url))} has.`, context)
}

/** What a job reads at most, in bytes. */
const largestFile = 25 * 1024 * 1024

function takeFile({ name, url, bytes }: Attached, context: Context): Promise<Outcome> | Outcome {
  if (bytes > largestFile) return { reply: problem(`I read files of at most ${largestFile / 1024 / 1024} MB: send it in parts.`) }
  const format = /\.csv$/i.test(name) ? 'csv' : 'ics'
  return begin({ format, url, platform: context.message.place.platform }, say`I am taking in ${strong(short(name, 80))}.`, context)
}

async function begin(source: Pick<ImportRequest, 'format' | 'url' | 'platform'>, words: Text, context: Context): Promise<Outcome> {
  const { store, space, person, messageId, timeZone } = context
  const begun = await store.imports.begin({
    ...source,
    id: messageId,
    spaceId: space.id,
    calendarId: person.calendarId,
    personId: person.id,
    source: null,
    timeZone,
    dayFirst: false,
  })
  if (begun === 'too-many') return { reply: problem('Several imports of yours are under way: wait until one of them is done.') }
  return ask(context, say`${words} Events that you have already stay as they are; I tell you when it is done.`, [
    { label: 'How far is it?', token: context.token('import-status', messageId) },
  ])
}

export async function howFar(id: string, context: Context): Promise<Outcome> {
  const status = await context.store.imports.status(context.space.id, context.person.id, id)
  if (!status) return { reply: problem('I know nothing of that import any more.') }
  const again: Button = { label: 'How far is it?', token: context.token('import-status', id) }
  switch (status.state) {
    case 'waiting':
      return ask(context, ['It has not begun yet.'], [again])
    case 'running':
      return status.total === null
        ? ask(context, ['I am still reading it.'], [again])
        : underWay(status.done, status.total, [again], context)
    case 'failed':
      return { reply: problem(`Nothing was imported. ${status.failure ?? ''}`.trim()) }
    case 'done':
      return tell(summary(status), remarks(status))
  }
}

function underWay(done: number, total: number, buttons: readonly Button[], context: Context): Outcome {
  const { reply } = ask(context, [], buttons)
  const text = {
    kind: 'text',
    text: [bar(done / total), ` ${count(done)} of ${count(total)} events are in.`],
    share: done / total,
  } as const
  return { reply: { ...reply, blocks: [text, { kind: 'buttons', buttons }] } }
}

export function summary({ created, changed, same, skipped }: ImportStatus): Text {
  const left = skipped === 0 ? '' : `, ${skipped} left out`
  return say`Imported: ${strong(`${created} new`)}${`, ${changed} changed, ${same} known already${left}.`}`
}

export function remarks({ remarks: all }: ImportStatus): readonly { readonly kind: 'list'; readonly items: readonly Item[] }[] {
  if (all.length === 0) return []
  return [{ kind: 'list', items: all.slice(0, 8).map(({ line, text }) => ({ text: [`Line ${line}`], detail: [short(text, 150)] })) }]
}

/** Takes out what an import brought, as far as nobody has changed it since. */
export async function undoImport(id: string, context: Context): Promise<Outcome> {
  const taken = await context.store.imports.takeBack(context.space.id, context.person.id, id)
  if (!taken) return { reply: problem('That import was taken back already, or it is not yours.') }
  const { removed, restored, kept } = taken
  const back = restored === 0 ? '' : `, and ${restored} ${restored === 1 ? 'is' : 'are'} as before`
  const stays = kept === 0 ? '' : ` ${kept} ${kept === 1 ? 'was' : 'were'} changed since, and ${kept === 1 ? 'stays' : 'stay'}.`
  return settled(context, say`Undone: ${strong(`${removed} ${removed === 1 ? 'event' : 'events'}`)} taken out again${back}.${stays}`)
}
