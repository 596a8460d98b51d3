import { nextOccurrence } from '#calendar/recurrence.ts'
import type { Context, Outcome } from '#core/command.ts'
import { idOf } from '#core/ids.ts'
import type { Change, Reminder } from '#core/model.ts'
import { problem, say, strong, type Text } from '#core/reply.ts'
import type { Changes, NewTime, Recurrence, Understanding } from '#core/understanding.ts'
import { done, fromNow, instant, short } from './answer.ts'
import { card } from './card.ts'
import { inItsHalf } from './half.ts'
import { instantOf, morning, unplannable } from './moment.ts'
import { isForSeveral } from './progress.ts'
import { firstRing, longestText } from './remind.ts'
import { without } from './rhythm.ts'
import { inWords } from './rule.ts'
import { snoozed } from './snooze.ts'

/** The reminder with a new text, time or rule; the rest of it stays. Without a change that is said, its card. */
export async function amend(one: Reminder, { changes }: Understanding, context: Context): Promise<Outcome> {
  if (changes?.copy) return ringToo(one, changes, context)
  const text = changes?.title ?? one.text
  if (text.length > longestText)
    return { reply: problem(`A reminder holds ${longestText} characters and this one would have ${text.length}.`) }
  const timed = retimed(one, changes ?? {}, context)
  if (timed.kind === 'refused') return { reply: problem(timed.hint) }
  if (timed.kind === 'same' && text === one.text) return card(one, context)
  const renamed = { ...one, text }
  if (timed.kind === 'once') return movedOnce(renamed, one, timed.dueAt, context)
  const after: Reminder = { ...renamed, ...(timed.kind === 'moved' ? timed.due : {}), version: one.version + 1 }
  const when: Text = after.dueAt
    ? say`, on ${instant(after.dueAt, context, after.timeZone)} (${fromNow(instant(after.dueAt, context))})`
    : []
  const again: Text = after.rrule === null ? [] : say` It repeats ${strong(inWords(after.rrule, after.startWall, after.timeZone))}.`
  return done(context, 'reminder changed', say`Changed: ${strong(short(text))}${when}.${again}`, [{ kind: 'reminder', before: one, after }])
}

/** "and on Saturday too": another one like it, once. */
function ringToo(one: Reminder, { when: said }: Changes, context: Context): Outcome {
  const moment = said && newMoment(inItsHalf(said, one.startWall.toPlainTime()), wasDueAt(one, undefined, context))
  if (!moment || unplannable(moment.toInstant(), context.now))
    return { reply: problem('I need a moment that is still to come, such as “and on Saturday at 9 too”.') }
  const dueAt = moment.toInstant()
  const copy: Reminder = {
    ...one,
    id: idOf('again', one.id, context.messageId),
    dueAt,
    startWall: moment.toPlainDateTime().round('second'),
    timeZone: moment.timeZoneId,
    rrule: null,
    exdates: [],
    snoozeOf: null,
    nagged: 0,
    state: 'scheduled',
    version: 1,
  }
  const text = say`I will remind you on ${instant(dueAt, context)} as well (${fromNow(instant(dueAt, context))}): ${strong(short(one.text))}.`
  return done(context, 'reminder copied', text, [{ kind: 'reminder', before: null, after: copy }])
}

type Due = Pick<Reminder, 'dueAt' | 'startWall' | 'timeZone' | 'rrule' | 'exdates' | 'state' | 'nagged'>
type Retimed =
  | { readonly kind: 'same' }
  | { readonly kind: 'moved'; readonly due: Due }
  /** Of something that repeats, its next occurrence alone. */
  | { readonly kind: 'once'; readonly dueAt: Temporal.Instant }
  | { readonly kind: 'refused'; readonly hint: string | Text }

function retimed(one: Reminder, { when: said, shift, recurrence }: Changes, context: Context): Retimed {
  if (recurrence) {
    const first = firstRing({ when: null, recurrence: atItsTime(one, recurrence) }, context)
    if (first.kind === 'refused') return first
    const { kind: _, ...due } = first
    return { kind: 'moved', due: { ...due, nagged: 0, state: 'scheduled' } }
  }
  const wasDue = wasDueAt(one, shift, context)
  if (shift !== undefined) return at(one, wasDue.add(Temporal.Duration.from(shift)), context)
  if (!said) return { kind: 'same' }
  const when = inItsHalf(said, wasDue.withTimeZone(said.timeZone).toPlainTime())
  if (one.rrule !== null && when.keeps === 'day') return atClock(one, when, context)
  const moment = newMoment(when, wasDue)
  if (!moment) return { kind: 'refused', hint: 'I need a moment to move it to, such as “tomorrow at 9”.' }
  const passed = Temporal.Instant.compare(moment.toInstant(), context.now) <= 0
  return at(one, passed && when.keeps === 'day' ? moment.add({ days: 1 }) : moment, context)
}

/** "make it every day": it rings when it rang before. */
function atItsTime({ startWall }: Reminder, recurrence: Recurrence): Recurrence {
  if (recurrence.dtstart.includes('T')) return recurrence
  return { ...recurrence, dtstart: `${recurrence.dtstart}T${startWall.toPlainTime().toString({ smallestUnit: 'second' })}` }
}

/** What rang and waits keeps the clock time that it had. */
function wasDueAt({ dueAt, rrule, startWall, timeZone }: Reminder, shift: string | undefined, { now }: Context): Temporal.ZonedDateTime {
  if (dueAt === null && rrule === null && shift === undefined) return startWall.toZonedDateTime(timeZone)
  return (dueAt ?? now).toZonedDateTimeISO(timeZone)
}

/** When it would ring by new words about its time; undefined when that is over, or no time at all. */
export function movingTo(one: Reminder, changes: Changes, context: Context): Temporal.Instant | undefined {
  const timed = retimed(one, changes, context)
  if (timed.kind === 'once') return timed.dueAt
  return timed.kind === 'moved' ? (timed.due.dueAt ?? undefined) : undefined
}

/** Whether it repeats, and comes by itself on the day that it would be moved to. */
export function staysOnDay({ rrule, startWall, timeZone, exdates }: Reminder, { when }: Changes): boolean {
  const start = when && when.keeps !== 'day' ? instantOf(when, midnight) : undefined
  if (rrule === null || !start) return false
  const day = start.toZonedDateTimeISO(timeZone).startOfDay()
  const next = nextOccurrence({ rrule, startWall, timeZone, exdates }, day.toInstant().subtract({ milliseconds: 1 }))
  return next !== undefined && Temporal.PlainDate.compare(next.withTimeZone(timeZone).toPlainDate(), day.toPlainDate()) === 0
}

const midnight = new Temporal.PlainTime()

/** Nothing of it rings before a moment: what would have comes then, and what repeats goes on after that. */
export function putOff(one: Reminder, until: Temporal.Instant, context: Context): Outcome | Promise<Outcome> {
  if (one.rrule === null || one.dueAt === null || isForSeveral(one)) return snoozed(one, until, context)
  if (unplannable(until, context.now)) return { reply: problem('That moment is not still to come: give a later one.') }
  return movedOnce(one, one, until, context, until)
}

/** What the words leave out, the reminder keeps: its day, or its clock time. */
function newMoment(when: NewTime, wasDue: Temporal.ZonedDateTime): Temporal.ZonedDateTime | undefined {
  const said = instantOf(when, morning)?.toZonedDateTimeISO(when.timeZone)
  if (!said || when.keeps === 'nothing') return said
  const was = wasDue.withTimeZone(when.timeZone)
  const [day, clock] = when.keeps === 'day' ? [was, said] : [said, was]
  return day.toPlainDate().toZonedDateTime({ timeZone: when.timeZone, plainTime: clock.toPlainTime() })
}

function at(one: Reminder, moment: Temporal.ZonedDateTime, context: Context): Retimed {
  const dueAt = moment.toInstant()
  if (unplannable(dueAt, context.now)) return { kind: 'refused', hint: 'That moment is not still to come: give a later one.' }
  if (one.rrule !== null && one.dueAt !== null) return { kind: 'once', dueAt }
  const startWall = moment.toPlainDateTime().round('second')
  return {
    kind: 'moved',
    due: { dueAt, startWall, timeZone: moment.timeZoneId, rrule: one.rrule, exdates: one.exdates, nagged: 0, state: 'scheduled' },
  }
}

/** Another clock time for the whole series. */
function atClock(one: Reminder, when: NewTime, context: Context): Retimed {
  const said = instantOf(when, morning)?.toZonedDateTimeISO(when.timeZone).withTimeZone(one.timeZone)
  if (!said || one.rrule === null) return { kind: 'same' }
  if (/BYHOUR|BYMINUTE|FREQ=HOURLY/.test(one.rrule)) {
    return { kind: 'refused', hint: 'It rings several times a day: say the whole rule, such as “change it to every day at 9 and 17”.' }
  }
  const { timeZone, rrule } = one
  const clock = said.toPlainTime()
  const startWall = one.startWall.withPlainTime(clock)
  // What was left out stays so at the new time.
  const exdates = one.exdates.map((wall) => wall.withPlainTime(clock))
  const dueAt = nextOccurrence({ rrule, startWall, timeZone, exdates }, context.now)?.toInstant()
  if (!dueAt) return { kind: 'refused', hint: 'At that time it would never come again.' }
  return {
    kind: 'moved',
    due: { dueAt, startWall, timeZone, rrule, exdates, nagged: 0, state: one.state === 'paused' ? 'paused' : 'scheduled' },
  }
}

/** The series keeps its rhythm and goes on with the occurrence after; a reminder of its own stands for the moved one. */
function movedOnce(
  renamed: Reminder,
  before: Reminder,
  dueAt: Temporal.Instant,
  context: Context,
  /** Of the series nothing rings until then. */
  after = before.dueAt,
): Outcome {
  const { rrule, startWall, timeZone, exdates } = before
  const skipped = before.dueAt
  if (rrule === null || skipped === null || after === null) throw new Error('only what repeats has occurrences to move')
  const next = nextOccurrence({ rrule, startWall, timeZone, exdates }, after)?.toInstant() ?? null
  const series: Reminder = {
    ...before,
    dueAt: next,
    exdates: without(before, skipped),
    nagged: 0,
    state: next ? 'scheduled' : 'done',
    version: before.version + 1,
  }
  const moved: Reminder = {
    ...renamed,
    id: idOf('moved', before.id, skipped.toString()),
    dueAt,
    startWall: dueAt.toZonedDateTimeISO(timeZone).toPlainDateTime().round('second'),
    rrule: null,
    exdates: [],
    snoozeOf: before.id,
    nagged: 0,
    state: 'scheduled',
    version: 1,
  }
  const changes: Change[] = [
    { kind: 'reminder', before, after: series },
    { kind: 'reminder', before: null, after: moved },
  ]
  const then: Text = next ? say` After that it goes on as before, on ${instant(next, context, timeZone)}.` : []
  const text = say`Moved once: ${strong(short(renamed.text))}, to ${instant(dueAt, context)} (${fromNow(instant(dueAt, context))}).${then}`
  return done(context, 'occurrence moved', text, changes)
}
