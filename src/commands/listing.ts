import type { Context, Outcome } from '#core/command.ts'
import type { Reminder } from '#core/model.ts'
import { type Block, type Button, say, strong, type Text } from '#core/reply.ts'
import { short, tell } from './answer.ts'
import { audience, shortId, stateOf } from './card.ts'

export type Kind = 'open' | 'repeating' | 'done'

const pageSize = 20
const titles: Readonly<Record<Kind, string>> = { open: 'Your reminders', repeating: 'Your repeating reminders', done: 'What is done' }
const empty: Readonly<Record<Kind, Text>> = {
  open: say`You have no reminders. Make one: ${{ kind: 'code', text: 'remind me in 20 minutes to stretch' }}`,
  repeating: say`You have no repeating reminders. Make one: ${{ kind: 'code', text: 'remind me every weekday at 9 to plan the day' }}`,
  done: ['Nothing is done yet.'],
}

/** Which list a sentence asks for. */
export function kindOf(sentence: string): Kind {
  if (/\b(?:recurring|repeating|repeated|regular)\b/i.test(sentence)) return 'repeating'
  return /\b(?:done|completed?|finished)\b/i.test(sentence) ? 'done' : 'open'
}

/** `repeating-20`, as the buttons between pages carry it. */
export function readPage(argument: string): { readonly kind: Kind; readonly offset: number } | undefined {
  const { kind, offset } = /^(?<kind>open|repeating|done)-(?<offset>\d{1,6})$/.exec(argument)?.groups ?? {}
  return kind && offset ? { kind: kind as Kind, offset: Number(offset) } : undefined
}

/** A page of a person's reminders, each to be opened for what can be done about it. */
export async function listing(kind: Kind, offset: number, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const found = await store.reminders.ofKind(space.id, person.id, kind, { offset, limit: pageSize + 1 })
  if (found.length === 0 && offset === 0) return tell(empty[kind])
  const shown = found.slice(0, pageSize)
  context.show({ kind: 'reminder', ids: shown.map(({ id }) => id) })
  const { blocks } = tell(
    [strong(titles[kind]), ...(offset > 0 ? [`, from ${offset + 1} on`] : [])],
    body(shown, kind, offset, found.length > pageSize, context),
  ).reply
  const replaces = context.message.kind === 'press' ? { replaces: true } : {}
  return { reply: { tone: 'tell', visibility: 'author', blocks, ...replaces } }
}

function body(shown: readonly Reminder[], kind: Kind, offset: number, more: boolean, context: Context): readonly Block[] {
  const page = (label: string, other: Kind, from: number): Button => ({
    label,
    token: context.token('page', context.person.id, `${other}-${from}`),
  })
  const buttons = [
    ...(offset > 0 ? [page('Back', kind, Math.max(0, offset - pageSize))] : []),
    ...(more ? [page('More', kind, offset + pageSize)] : []),
    ...(kind === 'open' ? [page('Repeating', 'repeating', 0), page('Done', 'done', 0)] : [page('All that are open', 'open', 0)]),
  ]
  return [
    { kind: 'list', items: shown.map((one, index) => ({ text: [`${index + 1}. ${short(one.text, 120)}`], detail: detail(one, context) })) },
    {
      kind: 'menu',
      placeholder: 'Open one…',
      options: shown.map((one, index) => ({ label: short(`${index + 1}. ${one.text}`, 75), token: context.token('show', one.id) })),
    },
    { kind: 'buttons', buttons },
  ]
}

function detail(one: Reminder, context: Context): Text {
  const others = one.recipients.some((to) => to.kind === 'channel' || to.user !== context.person.userId)
  return [...stateOf(one, context), ...(others ? ['; for ', ...audience(one)] : []), ` · #${shortId(one.id)}`]
}
