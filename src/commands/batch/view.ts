import type { BatchItem, BatchStatus } from '#core/batch.ts'
import { type Block, type Button, type Reply, say, strong, type Text } from '#core/reply.ts'
import { short } from '../answer.ts'

/** As many things as a preview or a report names. */
export const mostNamed = 8

type Token = (verb: string, subject: string, argument?: string) => string

/** How far a batch is, or how it ended: what its one message says, wherever it is shown. */
export function progressView(batch: BatchStatus, failed: readonly BatchItem[], token: Token): Reply {
  const visibility = batch.origin.kind === 'direct' ? 'place' : 'author'
  const over = batch.state === 'done' || batch.state === 'stopped'
  const blocks = over ? ended(batch, failed, token) : atWork(batch, token)
  return { tone: over && batch.done > 0 ? 'done' : 'tell', visibility, replaces: true, blocks }
}

function atWork({ id, title, total, state, undoes, ...counts }: BatchStatus, token: Token): Block[] {
  const settled = counts.done + counts.failed + counts.skipped
  const stopping = state === 'stopping' ? ' Stopping.' : ''
  const failed = counts.failed === 0 ? '' : `, ${count(counts.failed)} failed`
  const buttons: Button[] = [
    ...(state === 'stopping' || undoes !== null ? [] : [{ label: 'Stop', token: token('batch-stop', id), style: 'danger' as const }]),
    { label: 'How far is it?', token: token('batch-look', id) },
  ]
  return [
    { kind: 'text', text: undoes === null ? [strong(title)] : say`Undoing: ${strong(title)}` },
    {
      kind: 'text',
      text: [bar(settled / total), ` ${count(settled)} of ${count(total)}${failed}.${stopping}`],
      share: Math.min(1, settled / total),
    },
    { kind: 'buttons', buttons },
  ]
}

function ended(batch: BatchStatus, failed: readonly BatchItem[], token: Token): Block[] {
  const { id, title, state, done, skipped, undoes } = batch
  const parts = [
    `${count(done)} ${undoes === null ? 'done' : 'put back'}`,
    ...(batch.failed > 0 ? [`${count(batch.failed)} ${undoes === null ? 'failed' : 'left as they are'}`] : []),
    ...(skipped > 0 ? [`${count(skipped)} not begun`] : []),
  ]
  const opening = `${state === 'stopped' ? 'Stopped: ' : ''}${undoes === null ? '' : 'Undone: '}`
  const buttons: Button[] = done > 0 && undoes === null && !batch.undone ? [{ label: 'Undo all', token: token('batch-undo', id) }] : []
  const more = batch.failed - Math.min(batch.failed, mostNamed)
  return [
    { kind: 'text', text: say`${opening}${strong(title)}: ${parts.join(', ')}.` },
    ...(failed.length === 0 ? [] : [{ kind: 'list' as const, items: failed.slice(0, mostNamed).map(itemOf) }]),
    ...(more > 0 ? [{ kind: 'aside' as const, text: [`and ${count(more)} more that failed`] }] : []),
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
  ]
}

function itemOf({ title, reason }: BatchItem): { readonly text: Text; readonly detail?: Text } {
  return { text: [short(title, 100)], ...(reason === null ? {} : { detail: [short(reason, 150)] }) }
}

const length = 12

export function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * length)
  return '▰'.repeat(full) + '▱'.repeat(length - full)
}

export function count(many: number): string {
  return many.toLocaleString('en')
}
