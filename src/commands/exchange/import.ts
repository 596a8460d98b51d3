import type { Context, Outcome } from '#core/command.ts'
import type { ImportRequest, ImportStatus } from '#core/exchange.ts'
import type { Attached } from '#core/message.ts'
import { type Block, type Button, type Item, problem, say, strong, type Text } from '#core/reply.ts'
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
  return ask(
    context,
    say`${words} Events that you have already stay as they are; I tell you when it is done.`,
    buttonsOf(messageId, context),
  )
}

function buttonsOf(id: string, { token }: Context): readonly Button[] {
  return [
    { label: 'Stop', token: token('import-stop', id), style: 'danger' },
    { label: 'How far is it?', token: token('import-status', id) },
  ]
}

/** What is in by then stays, until it is taken back. */
export async function stopImport(id: string, context: Context): Promise<Outcome> {
  await context.store.imports.stop(context.space.id, context.person.id, id)
  return howFar(id, context)
}

export async function howFar(id: string, context: Context): Promise<Outcome> {
  const status = await context.store.imports.status(context.space.id, context.person.id, id)
  if (!status) return { reply: problem('I know nothing of that import any more.') }
  const buttons = buttonsOf(id, context)
  switch (status.state) {
    case 'waiting':
      return ask(context, ['It has not begun yet.'], buttons)
    case 'running':
      return status.total === null
        ? ask(context, ['I am still reading it.'], buttons)
        : underWay(status.done, status.total, buttons, context)
    case 'stopping':
      return ask(context, ['I am stopping it; what is in by now stays.'], buttons.slice(1))
    case 'failed':
      return { reply: problem(`Nothing was imported. ${status.failure ?? ''}`.trim()) }
    case 'done':
    case 'stopped':
      return tell(summary(status), [...remarks(status), ...undoButton(status, context)])
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

/** Takes out again what came in. */
export function undoButton({ id, created, changed }: ImportStatus, { token }: Pick<Context, 'token'>): readonly Block[] {
  return created + changed === 0 ? [] : [{ kind: 'buttons', buttons: [{ label: 'Undo', token: token('undo-import', id) }] }]
}

export function summary({ state, total, done, created, changed, same, skipped }: ImportStatus): Text {
  if (state === 'stopped' && done === 0) return ['Stopped before anything came in.']
  const left = skipped === 0 ? '' : `, ${skipped} left out`
  const opening = state === 'stopped' ? `Stopped after ${count(done)} of ${count(total ?? done)}` : 'Imported'
  return say`${opening}: ${strong(`${created} new`)}${`, ${changed} changed, ${same} known already${left}.`}`
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
