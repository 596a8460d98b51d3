import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Person, Reminder } from '#core/model.ts'
import { type Block, type Button, problem, say, strong, type Text } from '#core/reply.ts'
import type { Understanding, When } from '#core/understanding.ts'
import { short, tell } from './answer.ts'
import { rungForMe } from './at-hand.ts'
import { audience, shortId, stateOf } from './card.ts'
import { dueThen } from './due-then.ts'
import { windowOf } from './event/window.ts'
import { recipientsOf } from './recipients.ts'
import { nameOf, whoIs } from './who.ts'

type Kind = 'open' | 'repeating' | 'done'

/** One's own, or those for somebody, or for a channel. */
type Whose =
  | { readonly kind: 'own' }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'channel'; readonly channel: string }

interface Page {
  readonly kind: Kind
  readonly whose: Whose
  readonly offset: number
}

const pageSize = 20
const mostFromOthers = 5
const titles: Readonly<Record<Kind, string>> = { open: 'Your reminders', repeating: 'Your repeating reminders', done: 'What is done' }
const adjectives: Readonly<Record<Kind, string>> = { open: 'Reminders', repeating: 'Repeating reminders', done: 'Done' }
const empty: Readonly<Record<Kind, Text>> = {
  open: say`You have no reminders. Make one: ${{ kind: 'code', text: 'remind me in 20 minutes to stretch' }}`,
  repeating: say`You have no repeating reminders. Make one: ${{ kind: 'code', text: 'remind me every weekday at 9 to plan the day' }}`,
  done: ['Nothing is done yet.'],
}

/** The list that a sentence asks for: "my done reminders", "reminders for @ann", "reminders in #ops". */
export async function listAsked(understanding: Understanding, context: Context): Promise<Outcome> {
  const kind = context.message.kind === 'sentence' ? kindOf(context.message.text) : 'open'
  if (understanding.channel !== null) {
    const to = await recipientsOf({ ...understanding, target: { kind: 'channel' } }, context)
    if (to.kind === 'unclear') return to.outcome
    const [channel] = to.recipients.flatMap((each) => (each.kind === 'channel' ? [each.channel] : []))
    if (channel !== undefined) return listing({ kind, whose: { kind: 'channel', channel }, offset: 0 }, context)
  }
  if (understanding.people.length === 0 && understanding.when && kind !== 'done') return listOfTime(understanding.when, context)
  if (understanding.people.length === 0) return listing({ kind, whose: { kind: 'own' }, offset: 0 }, context)
  const who = await whoIs(understanding.people, understanding, context)
  if (who.kind === 'unclear') return who.outcome
  const [person, ...others] = who.people
  if (!person || others.length > 0) return { reply: problem('Whose reminders? Name one person at a time.') }
  return listing({ kind, whose: { kind: 'person', person }, offset: 0 }, context)
}

/** As many as are looked through for those of a time. */
const searched = 500

/** "my reminders for tomorrow": those that come then, in their order. */
async function listOfTime(when: When, context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const found = dueThen(await store.reminders.open(space.id, person.id, searched), when, context)
  const { name } = windowOf(when, context)
  if (found.length === 0) return tell(say`No reminder of yours comes ${name}. “list my reminders” shows all.`)
  const shown = found.slice(0, pageSize)
  context.show({ kind: 'reminder', ids: shown.map(({ id }) => id) })
  const page: Page = { kind: 'open', whose: { kind: 'own' }, offset: 0 }
  return tell(say`${strong(titles.open)} ${name}`, body(shown, page, false, context, await makersOf(shown, context)))
}

/** One's own that are open. */
export function openReminders(context: Context): Promise<Outcome> {
  return listing({ kind: 'open', whose: { kind: 'own' }, offset: 0 }, context)
}

function kindOf(sentence: string): Kind {
  if (/\b(?:recurring|repeating|repeated|regular)\b/i.test(sentence)) return 'repeating'
  return /\b(?:done|completed?|finished)\b/i.test(sentence) ? 'done' : 'open'
}

const codes: Readonly<Record<Kind, string>> = { open: 'o', repeating: 'r', done: 'd' }
// "o-20"   "d-0-p"   "r-40-cC024BE91L"
//  ↑ kind       ↑ of the person       ↑ channel
const pageCode = /^(?<code>[ord])-(?<offset>\d{1,4})(?:-(?<whose>p|c\w{1,20}))?$/

/** The page that a button between pages carries. */
export async function turnPage({ subject, argument }: Pressed, context: Context): Promise<Outcome> {
  const { code, offset, whose } = pageCode.exec(argument)?.groups ?? {}
  const kind = (['open', 'repeating', 'done'] as const).find((each) => codes[each] === code)
  const person = whose === 'p' ? await context.store.people.get(context.space.id, subject) : undefined
  if (!kind || offset === undefined || (whose === 'p' && !person)) return { reply: problem('That list is gone. Say “list my reminders”.') }
  const of: Whose = person
    ? { kind: 'person', person }
    : whose === undefined
      ? { kind: 'own' }
      : { kind: 'channel', channel: whose.slice(1) }
  return listing({ kind, whose: of, offset: Number(offset) }, context)
}

/** A page of reminders, each to be opened for what can be done about it. */
async function listing(page: Page, context: Context): Promise<Outcome> {
  const { offset } = page
  const found = await read(page, context)
  const shown = [...found.slice(0, pageSize), ...(await fromOthers(page, context))]
  if (shown.length === 0 && offset === 0) return tell(nothing(page, context))
  context.show({ kind: 'reminder', ids: shown.map(({ id }) => id) })
  const heading: Text = [...title(page, context), ...(offset > 0 ? [`, from ${offset + 1} on`] : [])]
  const { blocks } = tell(heading, body(shown, page, found.length > pageSize, context, await makersOf(shown, context))).reply
  const replaces = context.message.kind === 'press' ? { replaces: true } : {}
  return { reply: { tone: 'tell', visibility: 'author', blocks, ...replaces } }
}

/** At the end of one's own stands what somebody else's reminders wait for. */
async function fromOthers({ kind, whose, offset }: Page, context: Context): Promise<readonly Reminder[]> {
  return kind === 'open' && whose.kind === 'own' && offset === 0 ? (await rungForMe(context)).slice(0, mostFromOthers) : []
}

/**
 * What somebody may see of it. Of a channel those who ask there see what all of them will read; elsewhere, and of
 * somebody else, one's own alone. What is for oneself is shown whoever made it.
 */
function read({ kind, whose, offset }: Page, { store, space, person, message }: Context): Promise<readonly Reminder[]> {
  const page = { offset, limit: pageSize + 1 }
  switch (whose.kind) {
    case 'own':
      return store.reminders.ofKind(space.id, person.id, kind, page)
    case 'person': {
      const mine = whose.person.id === person.id ? {} : { ownerId: person.id }
      return store.reminders.towards(space.id, { user: whose.person.userId }, { kind, ...mine, ...page })
    }
    case 'channel': {
      const mine = whose.channel === message.place.channel ? {} : { ownerId: person.id }
      return store.reminders.towards(space.id, { channel: whose.channel }, { kind, ...mine, ...page })
    }
  }
}

function title({ kind, whose }: Page, context: Context): Text {
  if (whose.kind === 'own') return [strong(titles[kind])]
  if (whose.kind === 'person') return say`${strong(adjectives[kind])} for ${nameOf(whose.person, context)}`
  return say`${strong(adjectives[kind])} in ${{ kind: 'channel', channel: whose.channel }}`
}

function nothing({ kind, whose }: Page, context: Context): Text {
  if (whose.kind === 'own') return empty[kind]
  const what = { open: 'no reminders', repeating: 'no repeating reminders', done: 'nothing done' }[kind]
  if (whose.kind === 'person') return say`There are ${what} for ${nameOf(whose.person, context)}.`
  return say`There are ${what} in ${{ kind: 'channel', channel: whose.channel }}${whose.channel === context.message.place.channel ? '' : ' that you made'}.`
}

function body(
  shown: readonly Reminder[],
  { kind, whose, offset }: Page,
  more: boolean,
  context: Context,
  makers: ReadonlyMap<string, Person>,
): readonly Block[] {
  const suffix = { own: '', person: '-p', channel: whose.kind === 'channel' ? `-c${whose.channel}` : '' }[whose.kind]
  const subject = whose.kind === 'person' ? whose.person.id : context.person.id
  const page = (label: string, other: Kind, from: number): Button => ({
    label,
    token: context.token('page', subject, `${codes[other]}-${from}${suffix}`),
  })
  const buttons = [
    ...(offset > 0 ? [page('Back', kind, Math.max(0, offset - pageSize))] : []),
    ...(more ? [page('More', kind, offset + pageSize)] : []),
    ...(kind === 'open' ? [page('Repeating', 'repeating', 0), page('Done', 'done', 0)] : [page('All that are open', 'open', 0)]),
  ]
  return [
    {
      kind: 'list',
      items: shown.map((one, index) => ({
        text: [`${index + 1}. ${short(one.text, 120)}`],
        detail: detail(one, makers.get(one.ownerId), context),
      })),
    },
    {
      kind: 'menu',
      placeholder: 'Open one…',
      options: shown.map((one, index) => ({ label: short(`${index + 1}. ${one.text}`, 75), token: context.token('show', one.id) })),
    },
    { kind: 'buttons', buttons },
  ]
}

/** Who has made what somebody else is reminded of. */
async function makersOf(shown: readonly Reminder[], { store, space, person }: Context): Promise<ReadonlyMap<string, Person>> {
  const ids = new Set(shown.flatMap(({ ownerId }) => (ownerId === person.id ? [] : [ownerId])))
  const makers = await Promise.all([...ids].map((id) => store.people.get(space.id, id)))
  return new Map(makers.flatMap((one) => (one ? [[one.id, one] as const] : [])))
}

function detail(one: Reminder, maker: Person | undefined, context: Context): Text {
  const others = one.recipients.some((to) => to.kind === 'channel' || to.user !== context.person.userId)
  const from: Text = maker ? ['; from ', nameOf(maker, context)] : []
  return [...stateOf(one, context), ...(others ? ['; for ', ...audience(one)] : []), ...from, ` · #${shortId(one.id)}`]
}
