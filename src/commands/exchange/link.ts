import { randomBytes } from 'node:crypto'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import { exportArgument, exportVerb } from '#core/exchange.ts'
import type { Calendar } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import { hashOfSecret } from '#core/secrets.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, done, tell } from '../answer.ts'
import { calendarNamed, unknown } from './calendar.ts'

/** How long the link to a file counts. */
const exportLife = { hours: 1 } as const

export async function giveOut({ title, content }: Understanding, context: Context): Promise<Outcome> {
  const calendar = await calendarNamed(title, context)
  if (!calendar) return unknown(title)
  const format = content === 'csv' ? 'csv' : 'ics'
  const token = context.token(exportVerb, calendar.id, exportArgument(format, context.now.add(exportLife)))
  const url = context.address(`/calendar/file/${token}`)
  return tell(say`Here is ${{ kind: 'link', url, text: `${calendar.name}.${format}` }}. The link works for an hour.`)
}

export async function link({ title, content }: Understanding, context: Context): Promise<Outcome> {
  const calendar = await calendarNamed(title, context)
  if (!calendar) return unknown(title)
  if (!isTheirs(calendar, context)) return { reply: problem('Only the person whose calendar it is can have a link to it.') }
  if (content === 'off') return endLink(calendar, context)
  if (content === 'renew' || calendar.feedSecretHash === null) return renewLink(calendar, context)
  return ask(
    context,
    say`${strong(calendar.name)} has a link already. I keep no copy of it, so I can only make a new one; the old one then stops.`,
    [
      { label: 'Make a new link', token: context.token('renew-link', calendar.id), style: 'primary' },
      { label: 'Turn the link off', token: context.token('end-link', calendar.id), style: 'danger' },
    ],
  )
}

export async function pressedLink(
  { subject }: Pressed,
  context: Context,
  run: (calendar: Calendar, context: Context) => Outcome,
): Promise<Outcome> {
  const calendar = await context.store.calendars.get(context.space.id, subject)
  if (!calendar || !isTheirs(calendar, context)) return { reply: problem('That calendar is not yours, or it is gone.') }
  return run(calendar, context)
}

function isTheirs({ ownerId }: Calendar, { person }: Context): boolean {
  return ownerId === null || ownerId === person.id
}

/** Shown this once: what is kept of it opens nothing. */
export function renewLink(calendar: Calendar, context: Context): Outcome {
  const secret = randomBytes(24).toString('base64url')
  const after: Calendar = { ...calendar, feedSecretHash: hashOfSecret(secret), version: calendar.version + 1 }
  const url = context.address(`/calendar/${secret}.ics`)
  const text = say`The private link of ${strong(calendar.name)}: ${{ kind: 'code', text: url }}. Add it in Google, Apple or Thunderbird as a calendar from the web. Whoever has it can read the calendar.`
  return forAuthor(done(context, 'calendar link made', text, [{ kind: 'calendar', before: calendar, after }]))
}

export function endLink(calendar: Calendar, context: Context): Outcome {
  if (calendar.feedSecretHash === null) return tell(say`${strong(calendar.name)} has no link.`)
  const after: Calendar = { ...calendar, feedSecretHash: null, version: calendar.version + 1 }
  const text = say`The link of ${strong(calendar.name)} works no more.`
  return forAuthor(done(context, 'calendar link turned off', text, [{ kind: 'calendar', before: calendar, after }]))
}

/** A link is nobody else's business, wherever it was asked for. */
function forAuthor(outcome: Outcome): Outcome {
  return { ...outcome, reply: { ...outcome.reply, visibility: 'author' } }
}
