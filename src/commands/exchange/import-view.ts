import type { ImportSample, ImportStatus } from '#core/imports.ts'
import { type Block, type Button, type Field, type Item, type Reply, type Span, say, strong, type Text, withButtons } from '#core/reply.ts'
import { amount } from '../amount.ts'
import { short } from '../answer.ts'
import { bar, count } from '../batch/view.ts'

type Token = (verb: string, subject: string) => string

/** As many remarks are shown; the API has a thousand. */
const mostRemarks = 8

/** What would come of an import, how far it is, or how it ended: what its one message says, wherever it is shown. */
export function importView(status: ImportStatus, token: Token, visibility: Reply['visibility'] = 'place'): Reply {
  return { tone: toneOf(status), visibility, replaces: true, blocks: blocksOf(status, token) }
}

function toneOf({ state, created, changed }: ImportStatus): Reply['tone'] {
  switch (state) {
    case 'previewed':
      return 'ask'
    case 'failed':
      return 'problem'
    case 'done':
    case 'stopped':
      return created + changed > 0 ? 'done' : 'tell'
    default:
      return 'tell'
  }
}

function blocksOf(status: ImportStatus, token: Token): readonly Block[] {
  const { id, state, preview, failure } = status
  const look: Button = { label: 'How far is it?', token: token('import-status', id) }
  switch (state) {
    case 'waiting':
    case 'running': {
      if (!preview) return atWork(status, [{ label: 'Stop', token: token('import-stop', id), style: 'danger' }, look])
      const text = say`I am reading ${nameOf(status)}, and show you what would come in before anything does.`
      return withButtons(text, [{ label: 'Cancel', token: token('import-no', id) }, look])
    }
    case 'previewed':
      return [...previewed(status), { kind: 'buttons', buttons: choices(status, token) }]
    case 'stopping':
      return withButtons(['I am stopping it; what is in by now stays.'], [look])
    case 'failed':
      return [{ kind: 'text', text: [`Nothing was imported. ${failure ?? ''}`.trim()] }]
    case 'cancelled':
      return [{ kind: 'text', text: say`Cancelled: nothing of ${nameOf(status)} was imported.` }]
    case 'expired':
      return [{ kind: 'text', text: say`${nameOf(status)} waits no longer to be imported. Send it again if you still want it.` }]
    case 'done':
    case 'stopped':
      return [{ kind: 'text', text: preview ? nothing(status) : summary(status) }, ...remarks(status), ...undoButton(status, token)]
  }
}

function choices({ id, created, changed }: ImportStatus, token: Token): readonly Button[] {
  return [
    { label: `Import ${events(created + changed)}`, token: token('import-go', id), style: 'primary' },
    { label: 'Cancel', token: token('import-no', id) },
  ]
}

function previewed(status: ImportStatus): readonly Block[] {
  const { created, changed, same, skipped, days, calendarName } = status
  const counts = [
    { label: 'New', many: created },
    { label: 'Changed', many: changed },
    { label: 'Known already', many: same },
    { label: 'Left out', many: skipped },
  ].flatMap(({ label, many }): Field[] => (many === 0 ? [] : [{ label, value: [count(many)] }]))
  const comes = strong(events(created + changed))
  return [
    { kind: 'text', text: say`Import ${comes} from ${nameOf(status)} into ${strong(short(calendarName, 60))}? Nothing is changed yet.` },
    { kind: 'fields', fields: [...counts, ...(days ? [{ label: 'Days', value: span(days) }] : [])] },
    ...samples(status),
    ...remarks(status),
  ]
}

function span({ first, last }: NonNullable<ImportStatus['days']>): Text {
  const from = { kind: 'day', date: first } as const
  if (last === null) return say`from ${from} on, without end`
  return first === last ? [from] : say`${from} to ${{ kind: 'day', date: last }}`
}

function samples({ sample, created, changed, timeZone }: ImportStatus): readonly Block[] {
  const more = created + changed - sample.length
  const items = sample.map((one): Item => ({ text: [short(one.title, 100) || 'without a title'], detail: detailOf(one, timeZone) }))
  if (items.length === 0) return []
  return [{ kind: 'list', items }, ...(more > 0 ? [{ kind: 'aside' as const, text: [`and ${count(more)} more`] }] : [])]
}

function detailOf({ at, kind }: ImportSample, timeZone: string): Text {
  const when: Span = at.includes('T') ? { kind: 'time', at, show: 'full', timeZone } : { kind: 'day', date: at }
  return kind === 'changed' ? say`changed: ${when}` : [when]
}

function atWork({ state, total, done }: ImportStatus, buttons: readonly Button[]): readonly Block[] {
  if (state === 'waiting' || total === null) return withButtons(['It has not begun yet.'], buttons)
  const text = {
    kind: 'text',
    text: [bar(done / total), ` ${count(done)} of ${events(total)} ${total === 1 ? 'is' : 'are'} in.`],
    share: Math.min(1, done / total),
  } as const
  return [text, { kind: 'buttons', buttons }]
}

/** That it needs nobody's yes, since nothing would come in. */
function nothing(status: ImportStatus): Text {
  const { total, skipped, calendarName } = status
  const left = skipped === 0 ? '' : ` ${count(skipped)} left out.`
  if (!total) return skipped === 0 ? say`${nameOf(status)} has no events.` : say`Nothing of ${nameOf(status)} can be imported.${left}`
  const all = total === 1 ? 'the one event' : `all ${count(total)} events`
  return say`Nothing to import: ${all} of ${nameOf(status)} ${total === 1 ? 'is' : 'are'} in ${strong(short(calendarName, 60))} already.${left}`
}

function summary({ state, total, done, created, changed, same, skipped }: ImportStatus): Text {
  if (state === 'stopped' && done === 0) return ['Stopped before anything came in.']
  const left = skipped === 0 ? '' : `, ${count(skipped)} left out`
  const opening = state === 'stopped' ? `Stopped after ${count(done)} of ${count(total ?? done)}` : 'Imported'
  return say`${opening}: ${strong(`${count(created)} new`)}${`, ${count(changed)} changed, ${count(same)} known already${left}.`}`
}

function remarks({ remarks: all }: ImportStatus): readonly Block[] {
  if (all.length === 0) return []
  const items = all.slice(0, mostRemarks).map(({ line, text }) => ({ text: [`Line ${line}`], detail: [short(text, 150)] }))
  const more = all.length - items.length
  return [{ kind: 'list', items }, ...(more > 0 ? [{ kind: 'aside' as const, text: [`and ${count(more)} more lines`] }] : [])]
}

/** Takes out again what came in. */
function undoButton({ id, preview, created, changed }: ImportStatus, token: Token): readonly Block[] {
  if (preview || created + changed === 0) return []
  return [{ kind: 'buttons', buttons: [{ label: 'Undo', token: token('undo-import', id) }] }]
}

function nameOf({ name }: ImportStatus): Span {
  return name === '' ? 'the file' : strong(short(name, 80))
}

function events(many: number): string {
  return amount(many, 'event')
}
