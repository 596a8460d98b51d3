import { expand, recurs } from '#calendar/expand.ts'
import { firstOfEach } from '#calendar/kin.ts'
import type { Occurrence } from '#calendar/occurrence.ts'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import type { Draft } from '#core/ports.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import type { Scope, Understanding, When } from '#core/understanding.ts'
import { ask, short } from '../answer.ts'
import { openQuestion } from '../open-question.ts'
import { keep } from '../question.ts'
import { spelledOccurrence } from './spelled.ts'
import { byKey, keyOf } from './which.ts'

/** As many things as a person weighs at a glance. */
const most = 5

/** What is done to the occurrence that was meant. */
export type Act = (understanding: Understanding, one: Occurrence, context: Context) => Promise<Outcome>

/** What is left of the choices that a question offered, once words have answered it; undefined without a question. */
export async function leftOf({ choices }: Draft, context: Context): Promise<readonly Occurrence[] | undefined> {
  const found = choices && (await Promise.all(choices.map((key) => byKey(key, context))))
  return found?.filter((one) => one !== undefined)
}

/** Where more than one occurrence is meant at once, the first of each series stands for them. */
export function inScope(found: readonly Occurrence[], { scope }: Understanding): readonly Occurrence[] {
  if (scope !== 'all' && scope !== 'following') return found
  return firstOfEach(found, (one) => one)
}

/** Acts on the only occurrence that is meant, and asks which when there are several. */
export async function choose(
  understanding: Understanding,
  found: readonly Occurrence[],
  act: Act,
  verb: string,
  context: Context,
): Promise<Outcome> {
  const [one, ...others] = found
  if (!one) {
    const said = understanding.title
      ? ` like “${short(understanding.title, 60)}”`
      : understanding.when || understanding.changes?.from
        ? ' then'
        : ''
    return { reply: problem(`I know no event of yours${said}. Say “what is on this week” to see them.`) }
  }
  if (others.length === 0) return act(understanding, one, context)
  const choices = found.slice(0, most)
  const id = await keep({ ...understanding, choices: choices.map(keyOf) }, understanding.title ?? '', context)
  const buttons = choices.map(
    (each, index): Button => ({
      label: short(`${each.title}, ${spelledOccurrence(each, context)}`, 75),
      token: context.token('on-event', id, `${index}`),
    }),
  )
  const more = found.length > most ? ` These are the first ${most}.` : ''
  return ask(context, [`Which one shall I ${verb}?${more}`], buttons)
}

const scopes: Readonly<Record<string, Scope>> = { t: 'this', f: 'following', a: 'all' }

/** The scope that was said, or that a day tells; of a series without one, a question. */
export async function scopeOr(
  understanding: Understanding,
  one: Occurrence,
  verb: string,
  context: Context,
): Promise<{ readonly scope: Scope } | { readonly asked: Outcome }> {
  if (!recurs(one.event)) return { scope: 'all' }
  if (understanding.scope) return { scope: understanding.scope }
  const day = understanding.intent === 'event.cancel' ? understanding.when : understanding.changes?.from
  if (day && tellsOne(one, day)) return { scope: 'this' }
  const id = await keep({ ...understanding, choices: [keyOf(one)] }, understanding.title ?? '', context)
  const button = (label: string, letter: string): Button => ({ label, token: context.token('on-event', id, `0${letter}`) })
  const words = say`${strong(short(one.title))} repeats. Which shall I ${verb}?`
  return {
    asked: ask(context, words, [
      button(short(`Only ${spelledOccurrence(one, context)}`, 40), 't'),
      button('This and all later ones', 'f'),
      button('All of them', 'a'),
    ]),
  }
}

/** How far around an occurrence its series is looked at, in hours. */
const around = 8 * 24

/** Whether a day tells an occurrence from its neighbours: "Tuesday" does of what is on every workday, and not of what is on Tuesdays. */
function tellsOne({ event, startsAt }: Occurrence, { kind, anyDay }: When): boolean {
  if (kind === 'range' || anyDay) return false
  const window = { from: startsAt.subtract({ hours: around }), to: startsAt.add({ hours: around }) }
  const { occurrences } = expand(event, window, 100)
  return new Set(occurrences.map((one) => one.startsAt.toZonedDateTimeISO(event.timeZone).dayOfWeek)).size > 1
}

/** A button of one of these questions: carries on where the sentence stopped. */
export async function chosen(
  { subject, argument }: Pressed,
  act: (intent: Understanding['intent']) => Act | undefined,
  context: Context,
): Promise<Outcome> {
  const open = await openQuestion(subject, context)
  if ('reply' in open) return open
  const { number, letter } = /^(?<number>\d)(?<letter>[tfa])?$/.exec(argument)?.groups ?? {}
  const key = open.draft.choices?.[Number(number)]
  const one = key === undefined ? undefined : await byKey(key, context)
  const run = act(open.draft.intent)
  if (!one || !run) return { reply: problem('That event is gone.') }
  const scope = letter === undefined ? open.draft.scope : scopes[letter]
  const outcome = await run({ ...open.draft, ...(scope === undefined ? {} : { scope }) }, one, context)
  return outcome.changes && outcome.changes.length > 0 ? { ...outcome, answers: subject } : outcome
}
