import { packed } from '#core/actions.ts'
import type { Context, Outcome } from '#core/command.ts'
import type { Author } from '#core/message.ts'
import type { Person } from '#core/model.ts'
import { type Button, problem, type Span, say, strong, type Text } from '#core/reply.ts'
import type { PersonReference, Understanding } from '#core/understanding.ts'
import { ask, short } from './answer.ts'
import { keep } from './question.ts'

/** Whom a sentence means, in the words of the records. */
export interface Named {
  /** Each once, in the order they were named; the members of a group one by one. */
  readonly people: readonly Person[]
  /** Who is known by their address alone. */
  readonly emails: readonly string[]
  /** Names that nobody here has; only where that is no reason to refuse. */
  readonly unknown: readonly string[]
}

export type Who = ({ readonly kind: 'known' } & Named) | { readonly kind: 'unclear'; readonly outcome: Outcome }

/** As many people as a name may mean before it is better to say more of it. */
const mostAsked = 5

/** As many people as one sentence may be about, groups counted by their members. */
const mostPeople = 100

/**
 * Finds the people of a sentence: by mention, as "me", as a group of the space, by name among its known people, or
 * by e-mail. Whom nobody knows is said; when several fit, the one who asks is asked, and their sentence goes on.
 * `lenient`: a name that nobody here has is kept as a name.
 */
export async function whoIs(
  references: readonly PersonReference[],
  draft: Understanding,
  context: Context,
  { lenient = false } = {},
): Promise<Who> {
  const people = new Map<string, Person>()
  const emails = new Set<string>()
  const unknown = new Set<string>()
  for (const reference of references) {
    const found = await candidates(reference, context)
    switch (found.kind) {
      case 'email':
        emails.add(found.email)
        break
      case 'all':
        for (const person of found.people) people.set(person.id, person)
        break
      case 'either':
        return { kind: 'unclear', outcome: await askWhich(found.name, found.people, draft, context) }
      case 'unable':
        return { kind: 'unclear', outcome: { reply: problem(say`${found.name} ${unable[found.why]}`) } }
      case 'nobody':
        if (lenient) {
          unknown.add(found.said)
          break
        }
        return { kind: 'unclear', outcome: { reply: problem(stranger(found.said, context)) } }
    }
    if (people.size + emails.size > mostPeople)
      return {
        kind: 'unclear',
        outcome: { reply: problem(`That is more than ${mostPeople} people, which is as many as I handle at once.`) },
      }
  }
  return { kind: 'known', people: [...people.values()], emails: [...emails], unknown: [...unknown] }
}

const unable = { bot: 'is a bot: name somebody who can read it.', left: 'has left: name somebody who is here.' } as const

type Candidates =
  | { readonly kind: 'all'; readonly people: readonly Person[] }
  | { readonly kind: 'either'; readonly name: string; readonly people: readonly Person[] }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'nobody'; readonly said: string }
  | { readonly kind: 'unable'; readonly name: string; readonly why: NonNullable<Author['unable']> }

// "<@U024BE7LH>"   "<@!1234567890>"   "<@U024BE7LH|ann>"
//    ↑ user
const mention = /^<@!?(?<id>\w+)(?:\|[^>]*)?>$/

async function candidates(reference: PersonReference, context: Context): Promise<Candidates> {
  const { store, space, person, message } = context
  if ('email' in reference) return { kind: 'email', email: reference.email.toLowerCase() }
  if ('mention' in reference) {
    const id = mention.exec(reference.mention)?.groups?.id
    if (id === person.userId) return { kind: 'all', people: [person] }
    const { platform, kind } = message.place
    // In Discord's direct messages, and on the page, a mention is of nobody whom this space knows.
    if (id === undefined || platform === 'web' || (platform === 'discord' && kind === 'direct'))
      return { kind: 'nobody', said: reference.mention }
    const told = message.kind === 'sentence' ? message.mentioned?.find((one) => one.id === id) : undefined
    if (told?.unable) return { kind: 'unable', name: told.name, why: told.unable }
    const met = await store.people.meetIn(space.id, told ?? { id, name: id })
    return met ? { kind: 'all', people: [met.person] } : { kind: 'nobody', said: reference.mention }
  }
  const { name } = reference
  if (name === 'me') return { kind: 'all', people: [person] }
  const [group] = await store.groups.named(space.id, name)
  if (group) return { kind: 'all', people: await store.people.several(space.id, group.memberIds) }
  const [one, ...others] = await store.people.named(space.id, name)
  if (!one) return { kind: 'nobody', said: name }
  return others.length === 0 ? { kind: 'all', people: [one] } : { kind: 'either', name, people: [one, ...others] }
}

async function askWhich(name: string, people: readonly Person[], draft: Understanding, context: Context): Promise<Outcome> {
  const shown = people.slice(0, mostAsked)
  // With some content, so that the next sentence is not taken for the title.
  const id = await keep({ ...draft, content: draft.content ?? '' }, name, context)
  const twice = new Set(shown.map((one) => one.name)).size < shown.length
  const buttons = shown.map(
    (one): Button => ({
      label: short(twice ? `${one.name} (${one.userId})` : one.name, 40),
      token: context.token('who', id, packed(one.id)),
    }),
  )
  const more = people.length > shown.length ? ' Or say more of the name.' : ''
  return ask(context, say`Which ${strong(short(name, 60))} do you mean?${more}`, buttons)
}

/** The sentence with the person who was chosen in the place of the name that several have; undefined when none has. */
export async function withChosen(draft: Understanding, chosen: Person, context: Context): Promise<Understanding | undefined> {
  const { changes } = draft
  const lists = [draft.people, changes?.addPeople ?? [], changes?.removePeople ?? []]
  for (const reference of lists.flat()) {
    const found = await candidates(reference, context)
    if (found.kind !== 'either' || !found.people.some(({ id }) => id === chosen.id)) continue
    const swap = (people: readonly PersonReference[]) => people.map((one) => (one === reference ? { mention: `<@${chosen.userId}>` } : one))
    return {
      ...draft,
      people: swap(draft.people),
      ...(changes
        ? {
            changes: {
              ...changes,
              ...(changes.addPeople ? { addPeople: swap(changes.addPeople) } : {}),
              ...(changes.removePeople ? { removePeople: swap(changes.removePeople) } : {}),
            },
          }
        : {}),
    }
  }
  return undefined
}

function stranger(said: string, { message: { place } }: Context): string {
  const who = `I do not know who “${short(said, 60)}” is`
  if (place.platform === 'web')
    return `${who}: on the web page I know those who have a token of their own here, by their name: “token create --person NAME” makes one.`
  if (place.platform === 'discord' && place.kind === 'direct') return `${who} here: ask me that in a server that you share with them.`
  return `${who}: type @ and pick them from the list, so that the name turns into a mention.`
}

/** "you", "Ann and Bob", named without a ping. */
export function nameAll(people: readonly Person[], context: Context, emails: readonly string[] = []): Text {
  const spans: readonly Span[] = [...people.map((one) => nameOf(one, context)), ...emails]
  return spans.flatMap((span, index) => (index === 0 ? [span] : [index === spans.length - 1 ? ' and ' : ', ', span]))
}

export function nameOf(one: Person, { person }: Context): Span {
  return one.id === person.id ? 'you' : { kind: 'someone', user: one.userId, name: one.name, quiet: true }
}
