import type { Command, Context, Outcome } from '#core/command.ts'
import { placeKey, type Recipient, type Reminder } from '#core/model.ts'
import { type Button, problem, type Reply, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, done, instant, tell } from '../answer.ts'
import { windowOf } from '../event/window.ts'
import { forbidden } from '../permissions.ts'
import { nameOf } from '../progress.ts'
import { recipientsOf } from '../recipients.ts'
import { firstRing, refusedBy } from '../remind.ts'
import { pause, resume, skipNext, stopRepeating } from '../rhythm.ts'
import { inWords } from '../rule.ts'
import { compose } from './compose.ts'
import { missedSince } from './missed.ts'

type Kind = 'agenda' | 'review'

const kinds: Readonly<Record<Kind, { readonly name: string; readonly rrule: string; readonly clock: string; readonly example: string }>> = {
  agenda: { name: 'Daily agenda', rrule: 'FREQ=DAILY', clock: '08:00', example: 'send me my agenda every weekday at 8' },
  review: { name: 'Weekly review', rrule: 'FREQ=WEEKLY;BYDAY=SU', clock: '18:00', example: 'weekly review on Sunday at 18' },
}

/** How far back "what did I miss" looks when nobody says, in hours. */
const usualLook = 24

/** What is told regularly: the day ahead, the week that was; and on demand what somebody missed. */
export const digests: Command = {
  intents: ['digest.create', 'digest.delete', 'digest.update', 'digest.show'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'digest.delete':
        return onOne(understanding, context, 'stop', stopRepeating)
      case 'digest.update':
        return onOne(understanding, context, understanding.content ?? 'pause', changing(understanding))
      case 'digest.show':
        return understanding.digest === 'catchup' ? catchUp(understanding, context) : showNow(understanding, context)
      default:
        return create(understanding, context)
    }
  },
  presses: {},
}

function changing({ content, when }: Understanding) {
  return (one: Reminder, context: Context): Outcome | Promise<Outcome> => {
    if (content === 'resume') return resume(one, context)
    return content === 'skip' ? skipNext(one, context) : pause(one, context, when)
  }
}

function kindOf({ digest }: Understanding): Kind {
  return digest === 'review' ? 'review' : 'agenda'
}

/** There is one of each kind for a place: saying it anew changes when it comes. */
async function create(understanding: Understanding, context: Context): Promise<Outcome> {
  const kind = kindOf(understanding)
  const to = await recipientsOf(understanding, context)
  if (to.kind === 'unclear') return to.outcome
  const [recipient, ...others] = to.recipients
  if (!recipient || others.length > 0) return { reply: problem('I send a digest to one place at a time.') }
  if (recipient.kind === 'direct' && recipient.user !== context.person.userId) {
    return { reply: problem('A digest is about the one who asks for it, so everybody asks for their own.') }
  }
  if (kind === 'review' && recipient.kind === 'channel')
    return { reply: problem('A review is personal: I send it to you. A channel can have the agenda.') }
  const before = await known(kind, recipient, context)
  const first = firstRing(withRule(understanding, kind, before, context), context)
  if (first.kind === 'refused') return { reply: problem(first.hint) }
  const refused =
    (await forbidden(to.recipients, understanding, context)) ?? (before ? undefined : await refusedBy(to.recipients, first.rrule, context))
  if (refused) return { reply: problem(refused) }
  const { kind: _, ...rhythm } = first
  const after: Reminder = {
    id: before?.id ?? context.newId(),
    spaceId: context.space.id,
    ownerId: context.person.id,
    text: kinds[kind].name,
    recipients: [recipient],
    origin: context.message.place,
    state: 'scheduled',
    ...rhythm,
    snoozeOf: null,
    digest: { kind },
    version: (before?.version ?? 0) + 1,
  }
  const empty = kind === 'agenda' ? ' On an empty day I stay silent.' : ''
  const text = say`${strong(kinds[kind].name)} for ${to.words}, ${inWords(first.rrule ?? '', first.startWall, first.timeZone)}. ${before ? 'It comes next' : 'The first comes'} on ${instant(first.dueAt, context, first.timeZone)}.${empty}`
  return done(context, before ? 'digest changed' : 'digest created', text, [{ kind: 'reminder', before: before ?? null, after }])
}

async function known(kind: Kind, to: Recipient, { store, space, person }: Context): Promise<Reminder | undefined> {
  const all = await store.reminders.digests(space.id, person.id)
  return all.find((one) => one.digest?.kind === kind && one.recipients.some((each) => placeKey(each) === placeKey(to)))
}

/** What is not said stays as it is, or is as usual. */
function withRule(
  said: Understanding,
  kind: Kind,
  before: Reminder | undefined,
  { now, timeZone: here }: Context,
): Pick<Understanding, 'when' | 'recurrence'> {
  const timeZone = said.recurrence?.timeZone ?? said.when?.timeZone ?? here
  const clock = clockOf(said) ?? before?.startWall.toPlainTime() ?? Temporal.PlainTime.from(kinds[kind].clock)
  const rrule = said.recurrence?.rrule ?? before?.rrule ?? kinds[kind].rrule
  const day = said.recurrence?.dtstart.slice(0, 10) ?? (before?.startWall ?? now.toZonedDateTimeISO(timeZone)).toPlainDate().toString()
  const dtstart = Temporal.PlainDate.from(day).toPlainDateTime(clock).toString()
  return { when: null, recurrence: { rrule, dtstart, timeZone, exdates: said.recurrence?.exdates ?? [] } }
}

function clockOf({ recurrence, when }: Understanding): Temporal.PlainTime | undefined {
  const text = recurrence?.dtstart ?? when?.start ?? ''
  const clock = text.split('T')[1]
  return clock === undefined ? undefined : Temporal.PlainTime.from(clock.slice(0, 5))
}

/** Does something to the digest that is meant: the only one of its kind, or in the channel that is named. */
async function onOne(
  understanding: Understanding,
  context: Context,
  verb: string,
  act: (one: Reminder, context: Context) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const all = await context.store.reminders.digests(context.space.id, context.person.id)
  const ofKind = understanding.digest ? all.filter(({ digest }) => digest?.kind === understanding.digest) : all
  const named = understanding.target?.kind === 'channel' ? await recipientsOf(understanding, context) : undefined
  if (named?.kind === 'unclear') return named.outcome
  const places = new Set(named?.recipients.map(placeKey))
  const found = named ? ofKind.filter(({ recipients }) => recipients.some((to) => places.has(placeKey(to)))) : ofKind
  const [one, ...others] = found
  if (!one) return tell(say`You have no such digest. Ask for one: ${{ kind: 'code', text: kinds[kindOf(understanding)].example }}`)
  if (others.length === 0) return act(one, context)
  const buttons = found.map((each): Button => ({ label: label(each), token: context.token(verb === 'update' ? 'show' : verb, each.id) }))
  return ask(context, [`Which one shall I ${verb}?`], buttons)
}

function label({ text, recipients }: Reminder): string {
  return recipients.some(({ kind }) => kind === 'channel') ? `${text} of the channel` : text
}

/** "what did I miss", "catch me up since Monday". */
async function catchUp(understanding: Understanding, context: Context): Promise<Outcome> {
  const since = understanding.when ? windowOf(understanding.when, context).from : context.now.subtract({ hours: usualLook })
  if (Temporal.Instant.compare(since, context.now) >= 0) return { reply: problem('I can tell what was: say “catch me up since Monday”.') }
  const reply = await missedSince(since, context)
  return said(reply, say`You missed nothing since ${instant(since, context)}.`)
}

/** The digest as it would come now. */
async function showNow(understanding: Understanding, context: Context): Promise<Outcome> {
  const { person, space, store, now, token, timeZone } = context
  const kind = kindOf(understanding)
  const reminder = { recipients: [{ kind: 'direct', user: person.userId }], timeZone, digest: { kind } } as const
  const reply = await compose({ reminder, owner: person, space, store, now, token })
  return said(reply, ['There is nothing to tell.'])
}

function said(reply: Reply | undefined, nothing: Text): Outcome {
  return reply ? { reply: { ...reply, tone: 'tell', visibility: 'author' } } : tell(nothing)
}

/** What the settings say of them; nothing while there are none. */
export async function digestsOf({ store, space, person }: Context): Promise<readonly Text[]> {
  const all = await store.reminders.digests(space.id, person.id)
  return all.map(({ text, recipients, rrule, startWall, timeZone, state }) => {
    const place = recipients.flatMap((to): Text => (to.kind === 'channel' ? [' in ', nameOf(to)] : []))
    const rhythm = rrule === null ? '' : `, ${inWords(rrule, startWall, timeZone)}`
    return say`${text}${place}${rhythm}${state === 'paused' ? ', paused' : ''}`
  })
}
