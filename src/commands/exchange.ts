import { randomBytes } from 'node:crypto'
import type { Command, Context, Outcome, Pressed } from '#core/command.ts'
import { exportArgument, exportVerb, type ImportStatus } from '#core/exchange.ts'
import type { Calendar } from '#core/model.ts'
import { type Button, type Item, problem, say, strong, type Text } from '#core/reply.ts'
import { hashOfSecret } from '#core/secrets.ts'
import type { Understanding } from '#core/understanding.ts'
import { ask, done, short, tell } from './answer.ts'

/** Calendars in and out: files, private links and feeds of others. */
export const exchange: Command = {
  intents: ['batch.import', 'batch.export', 'calendar.subscribe', 'calendar.link'],
  async understood(understanding, context) {
    switch (understanding.intent) {
      case 'batch.import':
        return takeIn(understanding, context)
      case 'batch.export':
        return giveOut(understanding, context)
      case 'calendar.subscribe':
        return subscribe(understanding, context)
      default:
        return link(understanding, context)
    }
  },
  presses: {
    'import-status': ({ subject }, context) => howFar(subject, context),
    'renew-link': (pressed, context) => pressedLink(pressed, context, renewLink),
    'end-link': (pressed, context) => pressedLink(pressed, context, endLink),
  },
}

/** How long the link to a file counts. */
const exportLife = { hours: 1 } as const

async function calendarNamed(name: string | null, { store, space, person }: Context): Promise<Calendar | undefined> {
  const known = await store.calendars.of(space.id, person.id)
  if (name === null) return known.find(({ id }) => id === person.calendarId)
  return known.find((each) => each.name.toLowerCase() === name.trim().toLowerCase())
}

function unknown(name: string | null): Outcome {
  return { reply: problem(say`You have no calendar called ${strong(short(name ?? '', 60))}. Say “my calendars” to see them.`) }
}

async function takeIn({ content: url }: Understanding, context: Context): Promise<Outcome> {
  if (url === null) {
    return tell(
      say`Give me its address, such as ${{ kind: 'code', text: 'import https://example.org/calendar.ics' }}. A file is taken in with ${{ kind: 'code', text: 'ducktape import FILE' }}.`,
    )
  }
  const { store, space, person, messageId, timeZone } = context
  const begun = await store.imports.begin({
    id: messageId,
    spaceId: space.id,
    calendarId: person.calendarId,
    personId: person.id,
    format: 'url',
    source: null,
    url,
    timeZone,
    dayFirst: false,
  })
  if (begun === 'too-many') return { reply: problem('Several imports of yours are under way: wait until one of them is done.') }
  return ask(context, say`I am taking in what ${strong(hostOf(url))} has. Events that you have already stay as they are.`, [
    { label: 'How far is it?', token: context.token('import-status', messageId) },
  ])
}

async function howFar(id: string, context: Context): Promise<Outcome> {
  const status = await context.store.imports.status(context.space.id, context.person.id, id)
  if (!status) return { reply: problem('I know nothing of that import any more.') }
  const again: Button = { label: 'How far is it?', token: context.token('import-status', id) }
  switch (status.state) {
    case 'waiting':
      return ask(context, ['It has not begun yet.'], [again])
    case 'running':
      return ask(context, [status.total === null ? 'I am still reading it.' : `${status.done} of ${status.total} events are in.`], [again])
    case 'failed':
      return { reply: problem(`Nothing was imported. ${status.failure ?? ''}`.trim()) }
    case 'done':
      return tell(summary(status), remarks(status))
  }
}

function summary({ created, changed, same, skipped }: ImportStatus): Text {
  const left = skipped === 0 ? '' : `, ${skipped} left out`
  return say`Imported: ${strong(`${created} new`)}${`, ${changed} changed, ${same} known already${left}.`}`
}

function remarks({ remarks: all }: ImportStatus): readonly { readonly kind: 'list'; readonly items: readonly Item[] }[] {
  if (all.length === 0) return []
  return [{ kind: 'list', items: all.slice(0, 8).map(({ line, text }) => ({ text: [`Line ${line}`], detail: [short(text, 150)] })) }]
}

async function giveOut({ title, content }: Understanding, context: Context): Promise<Outcome> {
  const calendar = await calendarNamed(title, context)
  if (!calendar) return unknown(title)
  const format = content === 'csv' ? 'csv' : 'ics'
  const token = context.token(exportVerb, calendar.id, exportArgument(format, context.now.add(exportLife)))
  const url = context.address(`/calendar/file/${token}`)
  return tell(say`Here is ${{ kind: 'link', url, text: `${calendar.name}.${format}` }}. The link works for an hour.`)
}

async function subscribe({ content, title }: Understanding, context: Context): Promise<Outcome> {
  const url = content ?? ''
  const { store, space, person, timeZone } = context
  const name = short(title ?? hostOf(url), 60)
  const begun = await store.subscriptions.begin({ spaceId: space.id, personId: person.id, url, timeZone, name })
  if (begun === 'known') return tell(say`You follow ${strong(hostOf(url))} already.`)
  return tell(say`Done: what ${strong(hostOf(url))} has is in your calendar ${strong(name)} in a moment, and I look again every hour.`)
}

async function link({ title, content }: Understanding, context: Context): Promise<Outcome> {
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

async function pressedLink(
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
function renewLink(calendar: Calendar, context: Context): Outcome {
  const secret = randomBytes(24).toString('base64url')
  const after: Calendar = { ...calendar, feedSecretHash: hashOfSecret(secret), version: calendar.version + 1 }
  const url = context.address(`/calendar/${secret}.ics`)
  const text = say`The private link of ${strong(calendar.name)}: ${{ kind: 'code', text: url }}. Add it in Google, Apple or Thunderbird as a calendar from the web. Whoever has it can read the calendar.`
  return forAuthor(done(context, 'calendar link made', text, [{ kind: 'calendar', before: calendar, after }]))
}

function endLink(calendar: Calendar, context: Context): Outcome {
  if (calendar.feedSecretHash === null) return tell(say`${strong(calendar.name)} has no link.`)
  const after: Calendar = { ...calendar, feedSecretHash: null, version: calendar.version + 1 }
  const text = say`The link of ${strong(calendar.name)} works no more.`
  return forAuthor(done(context, 'calendar link turned off', text, [{ kind: 'calendar', before: calendar, after }]))
}

/** A link is nobody else's business, wherever it was asked for. */
function forAuthor(outcome: Outcome): Outcome {
  return { ...outcome, reply: { ...outcome.reply, visibility: 'author' } }
}

function hostOf(url: string): string {
  return URL.parse(url.replace(/^webcals?:/i, 'https:'))?.host ?? 'that address'
}
