import type { Context, Outcome } from '#core/command.ts'
import type { Attendee, CalendarEvent, Change, Person } from '#core/model.ts'
import { type Block, say, type Text } from '#core/reply.ts'
import type { PersonReference, Understanding } from '#core/understanding.ts'
import { short } from '../answer.ts'
import { nameAll, whoIs } from '../who.ts'
import { forwardHint } from './by-mail.ts'

export type Inviting =
  | { readonly kind: 'unclear'; readonly outcome: Outcome }
  | {
      readonly kind: 'invited'
      readonly changes: readonly Change[]
      /** " I invite Ann and Bob.", or nothing. */
      readonly words: Text
      readonly hints: readonly Block[]
    }

/**
 * Puts people on the list of an event that is being made, each once; groups one by one. Who is here is told
 * (telling.ts sees to that); an address and a name that nobody here has are kept as they are.
 */
export async function inviting(
  event: CalendarEvent,
  references: readonly PersonReference[],
  draft: Understanding,
  context: Context,
): Promise<Inviting> {
  const named = await attendeesNamed(await withGroup(references, event, context), draft, context)
  if (named.kind === 'unclear') return named
  return {
    kind: 'invited',
    changes: named.attendees.map((one): Change => ({ kind: 'attendee', before: null, after: { ...one, eventId: event.id } })),
    words: [
      ...(named.others.length === 0 ? [] : say` With ${named.others.map((name) => short(name, 60)).join(', ')}.`),
      ...(named.people.length === 0 ? [] : say` I invite ${nameAll(named.people, context)}.`),
    ],
    hints: [...named.hints, ...forwardHint(event, named.attendees, context)],
  }
}

/** Those whom a sentence names beside the speaker, as they are kept with an event. */
export async function attendeesNamed(
  references: readonly PersonReference[],
  draft: Understanding,
  context: Context,
): Promise<
  | { readonly kind: 'unclear'; readonly outcome: Outcome }
  | {
      readonly kind: 'known'
      readonly attendees: readonly Attendee[]
      readonly people: readonly Person[]
      /** Who cannot be told. */
      readonly others: readonly string[]

      readonly hints: readonly Block[]
    }
> {
  const who = await whoIs(references, draft, context, { lenient: true })
  if (who.kind === 'unclear') return who
  const people = who.people.filter(({ id }) => id !== context.person.id)
  const wanted = [
    ...people.map(({ id, name }) => ({ personId: id, email: null, name })),
    ...who.emails.map((email) => ({ personId: null, email, name: email })),
    ...who.unknown.map((name) => ({ personId: null, email: null, name })),
  ]
  const attendees = wanted.map(
    (each): Attendee => ({
      ...each,
      id: context.newId(),
      spaceId: context.space.id,
      eventId: '',
      recurrenceId: null,
      response: 'needs-action',
      comment: '',
      waiting: null,
      state: 'invited',
      version: 1,
    }),
  )
  return { kind: 'known', attendees, people, others: [...who.unknown, ...who.emails], hints: hintsOf(who.unknown, context) }
}

// "review with design"   "retro with the night shift team"
//               ↑ group            ↑ group
const company = /\bwith (?:the )?(?<group>[\p{L}\p{N}_\- ]{1,60}?)(?: team| group)?$/iu

/** Only the space knows that a word of the title is one of its groups. */
async function withGroup(
  references: readonly PersonReference[],
  { title }: CalendarEvent,
  { store, space }: Context,
): Promise<readonly PersonReference[]> {
  const name = references.length === 0 ? company.exec(title)?.groups?.group : undefined
  const [found] = name === undefined ? [] : await store.groups.named(space.id, name)
  return found ? [{ name: found.name }] : references
}

function hintsOf(unknown: readonly string[], { message: { place } }: Context): readonly Block[] {
  if (unknown.length === 0 || place.platform === 'web') return []
  const names = unknown.map((name) => short(name, 40)).join(' and ')
  return [{ kind: 'aside', text: [`I do not know ${names} here, so I told nobody: mention people with @ to invite them.`] }]
}
