import type { BatchKind, Operation } from '#core/batch.ts'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Draft } from '#core/ports.ts'
import { type Block, plain, problem, say, strong, type Text } from '#core/reply.ts'
import type { Changes, Understanding } from '#core/understanding.ts'
import { amount } from '../amount.ts'
import { ask, short, visibility } from '../answer.ts'
import { openQuestion } from '../open-question.ts'
import { keep } from '../question.ts'
import { actOf } from './acts.ts'
import { dayName, eventsMeant, type Found, mostItems } from './events.ts'
import { awaitWord } from './running.ts'
import { thingsMeant } from './things.ts'
import { count, mostNamed } from './view.ts'

/** Shows what a sentence about many things would do, and does nothing before its person has confirmed it. */
export async function planMany(understanding: Draft, context: Context, pressed?: string): Promise<Outcome> {
  const chosen = pressed ?? (understanding.choices?.length === 1 ? understanding.choices[0] : undefined)
  const weeks = chosen === 'one' || chosen === 'each' ? chosen : undefined
  const kind = kindOf(understanding)
  const does = understanding.changes ? 'change' : 'cancel'
  if (does === 'change' && !actOf(understanding) && !says(understanding.changes ?? {}))
    return { reply: problem('What shall become of them? For example: “move all my Friday meetings to 10”, “push today by 30 minutes”.') }
  const found = await foundOf(kind, understanding, does, context, weeks)
  if ('ask' in found) return found.ask
  if (found.candidates.length === 0) return nothing(kind, understanding, found)
  if (!found.complete || found.candidates.length > mostItems)
    return { reply: problem(`Those are more than the ${count(mostItems)} that I take at once: name a shorter time, such as “next week”.`) }
  const title = titleOf(kind, does, understanding, found)
  const { id, author } = { id: context.messageId, author: context.message.author }
  await context.store.batches.draft(
    {
      ...{ id, spaceId: context.space.id, personId: context.person.id, origin: context.message.place, title },
      author: { ...author, name: context.person.name, timeZone: context.timeZone },
    },
    found.candidates.map(({ item }) => item),
  )
  await awaitWord(id, title, context)
  return { reply: { tone: 'ask', visibility: visibility(context), blocks: preview(id, title, does, found, context) } }
}

/** "My Friday meetings" may be those of one Friday or of all: that is asked where it makes a difference. */
async function foundOf(
  kind: BatchKind,
  understanding: Understanding,
  does: 'cancel' | 'change',
  context: Context,
  weeks: 'one' | 'each' | undefined,
): Promise<Found | { readonly ask: Outcome }> {
  if (kind !== 'event') return thingsMeant(kind, understanding, context)
  const { weekly } = understanding
  if (!weekly || weeks === 'one') return eventsMeant(understanding, does, context)
  const each = await eventsMeant(understanding, does, context, weekly.day)
  if (weekly.sure || weeks === 'each') return each
  const one = await eventsMeant(understanding, does, context)
  const oneTime = one.candidates.length === each.candidates.length && each.candidates.every(({ item }) => isSingle(item.operation))
  if (each.candidates.length === 0 || oneTime) return one
  const id = await keep({ ...understanding, choices: ['one', 'each'] }, '', context)
  const many = ({ candidates }: Found) => count(candidates.length)
  const buttons = [
    ...(one.candidates.length === 0
      ? []
      : [{ label: short(`Only ${plain(one.when)} (${many(one)})`, 40), token: context.token('batch-weeks', id, 'one') }]),
    { label: `Every ${dayName(weekly.day)} (${many(each)})`, token: context.token('batch-weeks', id, 'each') },
  ]
  return { ask: ask(context, [`Do you mean the coming ${dayName(weekly.day)} alone, or every ${dayName(weekly.day)}?`], buttons) }
}

function isSingle(operation: Operation): boolean {
  return 'scope' in operation && operation.scope === 'all'
}

/** The answer to which weeks are meant. */
export async function planWeeks({ subject, argument }: Pressed, context: Context): Promise<Outcome> {
  const open = await openQuestion(subject, context)
  if ('reply' in open) return open
  await context.store.questions.close(context.space.id, subject, context.now)
  const planned = await planMany(open.draft, context, argument)
  return { ...planned, reply: { ...planned.reply, replaces: true } }
}

function preview(
  id: string,
  title: string,
  does: 'cancel' | 'change',
  { candidates, when: then, notes }: Found,
  context: Context,
): Block[] {
  const shown = candidates.slice(0, mostNamed)
  const more = candidates.length - shown.length
  const when: Text = then.length > 0 ? [' ', ...then] : []
  return [
    { kind: 'text', text: say`${strong(title)}${when}? Nothing is changed yet.` },
    { kind: 'list', items: shown.map(({ text, detail }) => (detail.length === 0 ? { text } : { text, detail })) },
    ...(more > 0 ? [{ kind: 'aside' as const, text: [`and ${count(more)} more`] }] : []),
    ...(notes.length > 0 ? [{ kind: 'text' as const, text: [notes.join(' ')] }] : []),
    {
      kind: 'buttons',
      buttons: [
        { label: short(title, 40), token: context.token('batch-go', id), style: does === 'cancel' ? 'danger' : 'primary' },
        { label: 'Leave it', token: context.token('batch-no', id) },
      ],
    },
  ]
}

function kindOf({ intent }: Understanding): BatchKind {
  const [noun] = intent.split('.')
  return noun === 'reminder' || noun === 'todo' || noun === 'note' ? noun : 'event'
}

function says({ from: _, ...changes }: Changes): boolean {
  return Object.keys(changes).length > 0
}

const verbs = { event: 'Cancel', reminder: 'Cancel', todo: 'Delete', note: 'Delete' } as const

const actVerbs = { pause: 'Pause', resume: 'Resume', skip: 'Skip', snooze: 'Snooze', complete: 'Tick off' } as const

/** "Cancel 12 events", "Move 4 events", "Rename 1 event", "Pause 3 reminders" */
function titleOf(kind: BatchKind, does: 'cancel' | 'change', understanding: Understanding, { candidates }: Found): string {
  const { changes } = understanding
  const act = actOf(understanding)
  const moves = changes?.shift !== undefined || changes?.when !== undefined || changes?.list !== undefined
  const verb = act ? actVerbs[act] : does === 'cancel' ? verbs[kind] : moves ? 'Move' : changes?.title === undefined ? 'Change' : 'Rename'
  return `${verb} ${amount(candidates.length, kind)}`
}

function nothing(kind: BatchKind, { title }: Understanding, { when, notes }: Found): Outcome {
  const like = title === null ? '' : ` like “${short(title, 60)}”`
  const then: Text = when.length > 0 ? [' ', ...when] : []
  const stays = notes.length === 0 ? '' : ` ${notes.join(' ')}`
  return { reply: problem(say`I know no ${kind} of yours${like}${then} that this could be about.${stays}`) }
}
