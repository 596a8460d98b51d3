import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { writeCsv } from '#calendar/csv/write.ts'
import { givenOut } from '#calendar/ical/give-out.ts'
import { createWriter, type WrittenEvent } from '#calendar/ical/write.ts'
import { isDayFirst } from '#commands/exchange/import.ts'
import { meetAccount } from '#core/account.ts'
import type { Actions } from '#core/actions.ts'
import type { Pressed } from '#core/command.ts'
import { type CalendarContents, eventFileVerb, exportVerb, readExportArgument } from '#core/exchange.ts'
import { newId } from '#core/ids.ts'
import { mayWrite } from '#core/may-write.ts'
import type { Calendar } from '#core/model.ts'
import { dataVerb, readTicket } from '#core/personal.ts'
import type { Clock, Met } from '#core/ports.ts'
import { hashOfSecret } from '#core/secrets.ts'
import type { Stores } from '#store/store.ts'
import type { Exchange, ExportedFile } from '#web/ports.ts'

/** Grows when feeds are written in another way, so that readers get them anew. */
const edition = 1
/** Memory for feeds that were written, in characters: what does not fit is written again when it is asked for. */
const memory = 16_000_000
/** Of what an address has. */
export const largestDownload = 25 * 1024 * 1024

type Parts = Pick<Stores, 'store' | 'contents' | 'feeds' | 'personal'> & {
  readonly clock: Clock
  readonly actions: Pick<Actions, 'verify'>
}

/** Calendars in and out, for the web and the command line. */
export function createExchange({ store, contents, feeds, personal, clock, actions }: Parts): Exchange {
  const written = new LRUCache<string, Promise<string>>({ max: 200, maxSize: memory })

  const { imports } = store
  const personOf = (user: string) => meetAccount(store, user)

  async function calendarOf({ space, person }: Met, name: string | undefined): Promise<Calendar | undefined> {
    if (name === undefined) return store.calendars.get(space.id, person.calendarId)
    const known = await store.calendars.of(space.id, person.id)
    return known.find((each) => each.name.toLowerCase() === name.trim().toLowerCase() || each.id === name)
  }

  /** Everything of the person of a link, the first time that it is opened. */
  async function everythingOf({ spaceId, subject, argument }: Pressed & { readonly spaceId: string }, token: string) {
    const until = readTicket(argument)
    if (!until || Temporal.Instant.compare(until, clock.now()) < 0) return undefined
    if (!(await personal.spend(hashOfSecret(token)))) return undefined
    return { body: JSON.stringify(await personal.everything(spaceId, subject), null, 2), fileName: 'my-data.json' }
  }

  /** One event for those who are invited by e-mail: what is nobody's but its owner's, like alarms, stays here. */
  async function eventFile({ spaceId, subject, argument }: Pressed & { readonly spaceId: string }): Promise<ExportedFile | undefined> {
    const link = readExportArgument(argument)
    if (!link || Temporal.Instant.compare(link.until, clock.now()) < 0) return undefined
    const event = await store.events.get(spaceId, subject)
    const given = event && givenOut({ event, attendees: await store.attendees.of(spaceId, [subject]) }, 'owner')
    if (!given) return undefined
    const writer = createWriter(given.title)
    writer.add({ ...given, alarms: [] })
    return { body: writer.text(), fileName: fileName(given.title, 'ics') }
  }

  return {
    async begin(user, { format, source, url, timeZone, machineZone, calendar: name, preview = false }) {
      const met = await personOf(user)
      const { space, person } = met
      const calendar = await calendarOf(met, name)
      if (!calendar || !mayWrite(calendar, person.id)) return { kind: 'no-calendar' }
      const id = newId(clock.now())
      const begun = await imports.begin({
        id,
        spaceId: space.id,
        calendarId: calendar.id,
        personId: person.id,
        format,
        source,
        url,
        timeZone: timeZone ?? person.timeZone ?? machineZone ?? space.timeZone,
        dayFirst: isDayFirst(person.locale),
        preview,
      })
      return begun === 'begun' ? { kind: 'begun', id } : { kind: 'too-many' }
    },

    async status(user, id) {
      const { space, person } = await personOf(user)
      return imports.status(space.id, person.id, id)
    },

    async confirm(user, id) {
      const { space, person } = await personOf(user)
      return (await imports.status(space.id, person.id, id)) ? ((await imports.confirm(space.id, person.id, id)) ?? 'over') : 'not-found'
    },

    async stop(user, id) {
      const { space, person } = await personOf(user)
      return imports.stop(space.id, person.id, id)
    },

    async export(user, format, name) {
      const met = await personOf(user)
      const calendar = await calendarOf(met, name)
      if (!calendar) return undefined
      return fileOf(contents, calendar, format, calendar.ownerId === met.person.id)
    },

    async file(token) {
      const pressed = actions.verify(token)
      if (pressed?.verb === dataVerb) return everythingOf(pressed, token)
      if (pressed?.verb === eventFileVerb) return eventFile(pressed)
      const link = pressed?.verb === exportVerb ? readExportArgument(pressed.argument) : undefined
      if (!pressed || !link || Temporal.Instant.compare(link.until, clock.now()) < 0) return undefined
      const calendar = await store.calendars.get(pressed.spaceId, pressed.subject)
      return calendar && fileOf(contents, calendar, link.format, calendar.kind === 'personal')
    },

    async feed(secret) {
      const calendar = await feeds.calendar(hashOfSecret(secret))
      if (!calendar) return undefined
      const mark = `${edition}.${calendar.version}.${await contents.mark({ spaceId: calendar.spaceId, calendarId: calendar.id })}`
      const key = `${calendar.id} ${mark}`
      return {
        etag: `"${createHash('sha256').update(key).digest('base64url').slice(0, 22)}"`,
        changedAt: await feeds.changedAt(calendar.id, mark, clock.now()),
        body() {
          const known = written.get(key)
          if (known) return known
          const made = icsOf(contents, calendar, calendar.kind === 'personal')
          written.set(key, made, { size: 1 })
          made.then(
            (text) => written.set(key, made, { size: Math.max(1, text.length) }),
            () => written.delete(key),
          )
          return made
        },
      }
    },
  }
}

async function fileOf(contents: CalendarContents, calendar: Calendar, format: 'ics' | 'csv', isOwner: boolean): Promise<ExportedFile> {
  const body = await (format === 'csv' ? csvOf(contents, calendar, isOwner) : icsOf(contents, calendar, isOwner))
  return { body, fileName: fileName(calendar.name, format) }
}

function fileName(name: string, format: 'ics' | 'csv'): string {
  return `${name.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim() || 'calendar'}.${format}`
}

async function icsOf(contents: CalendarContents, calendar: Calendar, isOwner: boolean): Promise<string> {
  const writer = createWriter(calendar.name)
  for await (const event of eventsOf(contents, calendar, isOwner)) writer.add(event)
  return writer.text()
}

async function csvOf(contents: CalendarContents, calendar: Calendar, isOwner: boolean): Promise<string> {
  return writeCsv(await Array.fromAsync(eventsOf(contents, calendar, isOwner)))
}

async function* eventsOf(contents: CalendarContents, { id, spaceId }: Calendar, isOwner: boolean): AsyncGenerator<WrittenEvent> {
  for await (const page of contents.pages({ spaceId, calendarId: id }))
    for (const whole of page) {
      const event = givenOut(whole, isOwner ? 'owner' : 'others')
      if (event) yield event
    }
}
