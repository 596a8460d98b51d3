import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let ann: Somebody
let count = 0

beforeAll(async () => {
  // A Monday, 9:00 in New York.
  world = await openWorld('2026-11-23T14:00:00Z')
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  ann = world.person(`E${++count}`, { timeZone: 'America/New_York' })
})

const plans = async (words: string) => (await ann.says(words)).words

describe('making an event', () => {
  it('keeps place, link, people and calendar, and shows them on its card', async () => {
    const made = await ann.says('zoom meeting with Bob tomorrow at 3pm for 45 minutes in Room 5')
    expect(made.words).toMatch(/3:00 PM to 3:45 PM.*Room 5.*With Bob.*Join here/)
    expect(made.words).toMatch(/no Zoom link of yours/)
    const card = await ann.says('find the meeting with Bob')
    expect(card.words).toMatch(/When: .*3:00 PM to 3:45 PM.*Where: Room 5.*Link: Join the meeting.*Who: Bob/)
    const other = await ann.says('schedule dentist on Friday from 9am to 10am in the Health calendar')
    expect(other.words).toMatch(/in your new calendar Health/)
    await ann.presses(other.button('Undo'))
    expect(await plans('what is on Friday')).toMatch(/Nothing is planned/)
  })

  it('says what it overlaps, and moves to the next free time by a button', async () => {
    await ann.says('schedule review tomorrow from 2pm to 3:30pm')
    const clash = await ann.says('schedule interview tomorrow from 3pm to 4pm')
    expect(clash.words).toMatch(/overlaps review, 2:00 PM to 3:30 PM/)
    const moved = await ann.presses(clash.button(/^Move it to 3:30 PM/))
    expect(moved.words).toMatch(/Changed.*interview.*3:30 PM to 4:30 PM/)
    expect(moved.words).not.toMatch(/overlaps/)
  })

  it('takes whole days every time, and says no clock time then', async () => {
    const made = await plans('schedule retreat every Sunday from March 21 2027 until April 11 2027 all day')
    expect(made).toMatch(/Mar 21, 2027, all day\. It repeats every week on Sunday, until Apr 11, 2027/)
  })

  it('says once of how many of a series overlap, when it is made and when it moves', async () => {
    await ann.says('schedule review tomorrow from 2pm to 3pm')
    await ann.says('schedule retro next Tuesday from 2pm to 3pm')
    const made = await ann.says('schedule huddle every Tuesday from 2:30pm to 3pm until January 5')
    expect(made.words).toMatch(/2 of its next 7 overlap other plans, first on Tue, Nov 24, 2026, 2:30 PM: review, 2:00 PM to 3:00 PM/)
    const which = await ann.says('move huddle to 4pm')
    expect((await ann.presses(which.button('All of them'))).words).not.toMatch(/overlap/)
    const back = await ann.says('move huddle to 1:30pm')
    expect((await ann.presses(back.button('All of them'))).words).not.toMatch(/overlap/)
    const again = await ann.says('make it an hour long')
    expect((await ann.presses(again.button('All of them'))).words).toMatch(/2 of its next 7 overlap/)
  })

  it('adds an alert to what only its planner knows to be an event', async () => {
    await ann.says('schedule Gloomhaven tomorrow at 7pm')
    expect(await plans('add a 15 minute alert to Gloomhaven')).toMatch(/I tell you 15 minutes before Gloomhaven/)
    expect(await plans('put a 1 hour reminder on the gloomhaven')).toMatch(/I tell you 1 hour and 15 minutes before Gloomhaven/)
    expect(await plans('remind me a day before Gloomhaven tomorrow')).toMatch(
      /I tell you 1 day and 1 hour and 15 minutes before Gloomhaven/,
    )
    // At eight in the evening before.
    expect(await plans('remind me the night before gloomhaven')).toMatch(/1 day and 23 hours and 1 hour/)
    expect(await plans('make Gloomhaven all day')).toMatch(/Changed: Gloomhaven, Tue, Nov 24, 2026, all day/)
    expect(await plans('add a 15 minute alert to xylophone')).toMatch(/When shall I remind you/)
  })

  it('asks about an end before the start, unless a night is between', async () => {
    const asked = await ann.says('planning tomorrow from 4pm to 3pm')
    expect(asked.buttons).toEqual([
      'Tue, Nov 24, 2026, 4:00 PM EST to Wed, Nov 25, 2026, 3:00 PM',
      'Tue, Nov 24, 2026, 3:00 PM EST to 4:00 PM',
    ])
    expect(await plans('tea with Ida tomorrow at 3pm')).toMatch(/^tea with Ida is in your calendar/)
    expect((await ann.presses(asked.button(/to 4:00 PM$/))).words).toMatch(
      /planning is in your calendar: Tue, Nov 24, 2026, 3:00 PM to 4:00 PM/,
    )
    expect(await plans('schedule board games on Friday from 10pm to 2am')).toMatch(/10:00 PM to Sat, Nov 28, 2026, 2:00 AM/)
  })

  it.each([
    ['holiday on December 24', /holiday is in your calendar: Thu, Dec 24, 2026, all day/],
    ["Ida's birthday on May 4", /Ida's birthday is in your calendar: Tue, May 4, 2027, all day/],
    ['schedule <b>loud</b> rehearsal tomorrow at 3', /<b>loud<\/b> rehearsal is in your calendar: Tue, Nov 24, 2026, 3:00 PM/],
    ['schedule *loud* rehearsal tomorrow at 5', /loud.* rehearsal is in your calendar: Tue, Nov 24, 2026, 5:00 PM/],
  ])('takes %j for a plan', async (sentence, expected) => {
    expect(await plans(sentence)).toMatch(expected)
  })

  it.each([
    ['schedule planning tomorrow at 3pm for 3 years', /366 days at most/],
    ['call with Ida tomorrow at 3pm Atlantis time', /I do not know the zone Atlantis. Name a city or an offset/],
    ['remind me tomorrow at 3pm New Atlantis time to call Ida', /I do not know the zone New Atlantis/],
    ['move the call to 3pm Atlantis time', /I do not know the zone Atlantis/],
    ['schedule planning tomorrow from 3pm to 3pm', /ends when it starts: say how long/],
    ['schedule planning every Monday from 3pm to 3pm', /ends when it starts/],
  ])('answers %j clearly', async (sentence, expected) => {
    const { outcome, words } = await ann.says(sentence)
    expect(words).toMatch(expected)
    expect(outcome).toBe('refused')
  })
})

describe('changing an event', () => {
  it('takes each field by sentence, of the one that was talked about last', async () => {
    await ann.says('schedule planning tomorrow from 2pm to 3pm')
    expect(await plans('make it 45 minutes')).toMatch(/Changed: planning.*2:00 PM to 2:45 PM/)
    expect(await plans('rename it to Budget review')).toMatch(/Changed: Budget review/)
    expect(await plans("it's in room 5 now")).toMatch(/Budget review.*room 5/i)
    expect(await plans('push it back 30 minutes')).toMatch(/2:30 PM to 3:15 PM/)
    expect(await plans('move it to 9pm Berlin time')).toMatch(/Nov 24, 2026, 3:00 PM to 3:45 PM/)
    expect(await plans('move it to Thursday')).toMatch(/Thu, Nov 26, 2026, 3:00 PM/)
    expect(await plans('move the budget review to 10am')).toMatch(/Thu, Nov 26, 2026, 10:00 AM to 10:45 AM/)
    expect(await plans('invite Jane to the budget review')).toMatch(/Changed.*With Jane/)
    expect(await plans('make the budget review private')).toMatch(/Changed.*Others do not see it/)
    expect(await plans('find the budget review meeting')).toMatch(/Who: Jane.*Shown to others: not at all/)
  })

  it('finds it by its time, and asks when several fit', async () => {
    await ann.says('schedule alpha today from 3pm to 4pm')
    await ann.says('schedule beta today from 3pm to 3:30pm')
    const asked = await ann.says("move the 3 o'clock to 5pm")
    expect(asked.outcome).toBe('asked')
    expect(asked.buttons).toEqual([expect.stringMatching(/^alpha/), expect.stringMatching(/^beta/)])
    const one = await ann.says('cancel my 3pm meeting')
    expect(one.buttons).toHaveLength(2)
    expect((await ann.presses(asked.button(/^beta/))).words).toMatch(/Changed: beta.*5:00 PM to 5:30 PM/)
    expect(await plans('what is on today')).toMatch(/alpha.*3:00 PM.*beta.*5:00 PM/)
  })

  it('finds the next thing that begins then when no day was said', async () => {
    await ann.says('schedule alpha on Thursday from 4pm to 5pm')
    expect(await plans('make it 4pm to 3pm')).toMatch(/3:00 PM is before 4:00 PM.*“make it 3:00 PM to 4:00 PM”/)
    expect(await plans('show me the 4pm')).toMatch(/alpha.*Thu, Nov 26, 2026, 4:00 PM/)
    expect(await plans('cancel the 4 o’clock tomorrow')).toMatch(/no event of yours then/)
    expect(await plans('anything after 3 on Thursday')).toMatch(/Your plans.*alpha/)
    expect(await plans('cancel the 4 o’clock')).toMatch(/Cancelled: alpha, Thu, Nov 26/)
  })

  it('knows what is planned by its name, whatever that is', async () => {
    expect(await plans('Gloomhaven every Tuesday at 7pm for 3 hours, at most 2 people')).toMatch(
      /Gloomhaven is in your calendar: Tue, Nov 24, 2026, 7:00 PM to 10:00 PM.*At most 2 can come/,
    )
    const found = await ann.says('when is Gloomhaven')
    expect(found.words).toMatch(/When: Tue, Nov 24, 2026, 7:00 PM/)
    expect(found.intent).toBe('event.find')
    expect(await plans('add Bob to gloomhaven')).toMatch(/Changed.*With Bob/)
    expect(await plans('make Gloomhaven 2 hours from December 8 on')).toMatch(/this and all later ones.*Dec 8, 2026, 7:00 PM to 9:00 PM/)
    expect(await plans('cancel Gloomhaven from Dec 22 on')).toMatch(/this and all later ones.*Dec 22/)
    expect(await plans('who comes to gloomhaven')).toMatch(/No answer yet 1: Bob/)
    expect(await plans('find Gloomhavn')).toMatch(/Gloomhaven.*Tue, Nov 24/)
    expect(await plans('find golomhaven')).toMatch(/Gloomhaven.*Tue, Nov 24/)
    expect(await plans('look for the zymurgy')).toMatch(/no event like “zymurgy”/)
    expect(await ann.says('when is Frosthaven')).toMatchObject({ intent: 'none', words: expect.stringMatching(/did not understand/) })
    expect(await plans('tell me about gloom')).toMatch(/did not understand/)
  })

  it('finds it by words that are nearly right', async () => {
    await ann.says('schedule quarterly retrospective tomorrow from 2pm to 3pm')
    expect(await plans('find the quaterly retrospctive meeting')).toMatch(/When: .*2:00 PM to 3:00 PM/)
  })

  it('refuses somebody else’s, and what nobody has', async () => {
    await ann.says('schedule secret tomorrow from 2pm to 3pm')
    const eve = world.person('EVE', { timeZone: 'America/New_York' })
    expect((await eve.says('move secret to 4pm')).words).toMatch(/no event of yours like/)
    expect((await eve.says('cancel the unicorn parade event')).outcome).toBe('refused')
  })
})

describe('the agenda', () => {
  it('tells what comes next when the week is empty, and what was', async () => {
    await ann.says('schedule conference on January 12 from 9am to 5pm')
    expect(await plans('next event')).toMatch(/Nothing is planned in the next 7 days.*conference.*Jan 12, 2027/)
    await ann.says('schedule lunch with Ann today from 12 to 1pm')
    expect(await plans('when is my next lunch with Ann')).toMatch(/12:00 PM to 1:00 PM/)
  })
})

describe('an alert', () => {
  const ringing = async (id: string) => {
    const { space, person } = await world.stores.store.people.meet(
      { platform: 'slack', space: 'T1', channel: 'D', kind: 'direct' },
      { id, name: id },
    )
    const where = { spaceId: space.id, ownerId: person.id, state: 'scheduled', eventId: { not: null } }
    const rows = await world.database.reminder.findMany({ where, orderBy: { dueAt: 'asc' } })
    return rows.map(({ text, dueAt }) => {
      const at = Temporal.Instant.from(dueAt?.toISOString() ?? '').toZonedDateTimeISO('America/New_York')
      return `${at.toPlainDateTime().toString({ smallestUnit: 'minute' })} ${text}`
    })
  }

  it('rings before its event, wherever that is moved, and not when it is cancelled', async () => {
    const made = await ann.says('lunch with Eve tomorrow at noon alert 15 minutes before')
    expect(made.words).toMatch(/I will tell you 15 minutes before/)
    const me = `E${count}`
    expect(await ringing(me)).toEqual(['2026-11-24T11:45 lunch with Eve starts in 15 minutes'])
    expect(await plans('list my reminders')).toMatch(/You have no reminders/)
    expect(await plans('find lunch with Eve')).toMatch(/Alert: 15 minutes before/)
    await ann.says('move it to 1pm')
    expect(await ringing(me)).toEqual(['2026-11-24T12:45 lunch with Eve starts in 15 minutes'])
    const cancelled = await ann.says('cancel lunch with Eve')
    expect(await ringing(me)).toEqual([])
    expect((await ann.presses(cancelled.button('Undo'))).words).toMatch(/Undone: event cancelled, lunch with Eve\.$/)
    expect(await ringing(me)).toEqual(['2026-11-24T12:45 lunch with Eve starts in 15 minutes'])
  })

  it('follows an occurrence that was moved, and leaves the others where they ring', async () => {
    await ann.says('schedule sync every day at 2pm alert 30 minutes before')
    const asked = await ann.says("move tomorrow's sync to 4pm")
    await ann.presses(asked.button(/^Only/))
    expect(await ringing(`E${count}`)).toEqual(['2026-11-23T13:30 sync starts in 30 minutes', '2026-11-24T15:30 sync starts in 30 minutes'])
  })
})

describe('a calendar shared with others', () => {
  it('shows busy times without what they are, private ones not at all, and neither by search or number', async () => {
    await ann.says('schedule interview tomorrow from 10am to 11am')
    await ann.says('schedule therapy tomorrow from 2pm to 3pm')
    await ann.says('schedule board lunch tomorrow from noon to 1pm')
    const { store } = world.stores
    const met = (id: string) => store.people.meet({ platform: 'slack', space: 'T1', channel: 'D', kind: 'direct' }, { id, name: id })
    const { space, person } = await met(`E${count}`)
    const eve = await met('EVE3')
    const before = await store.calendars.get(space.id, person.calendarId)
    const day = { from: world.now, to: world.now.add({ hours: 48 }), limit: 50 }
    const { series } = await store.events.within({ spaceId: space.id, calendarIds: [person.calendarId] }, day)
    const named = (name: string) => store.events.get(space.id, series.find(({ title }) => title === name)?.id ?? '')
    const [lunch, therapy] = [await named('board lunch'), await named('therapy')]
    if (!before || !lunch || !therapy) throw new Error('something was not planned')
    await store.commit({
      spaceId: space.id,
      actorId: person.id,
      at: world.now,
      auditId: crypto.randomUUID(),
      summary: 'shared',
      changes: [
        {
          kind: 'calendar',
          before,
          after: { ...before, shares: [{ personId: eve.person.id, access: 'read', hidden: false }], version: before.version + 1 },
        },
        { kind: 'event', before: therapy, after: { ...therapy, visibility: 'private', version: therapy.version + 1 } },
        { kind: 'event', before: lunch, after: { ...lunch, visibility: 'busy', version: lunch.version + 1 } },
      ],
      message: { platform: 'slack', id: crypto.randomUUID(), reply: { tone: 'done', visibility: 'place', blocks: [] } },
    })
    const reader = world.person('EVE3', { timeZone: 'America/New_York' })
    const seen = (await reader.says('what is on tomorrow')).words
    expect(seen).toMatch(/1\. interview.*2\. Busy.*12:00 PM/)
    expect(seen).not.toMatch(/therapy|board lunch/)
    expect((await reader.says('find the board lunch event')).words).toMatch(/found no event/)
    expect((await reader.says('cancel 2')).words).not.toMatch(/board lunch/)
    expect(await plans('what is on tomorrow')).toMatch(/interview.*board lunch.*therapy/)
  })
})

describe('a question about events', () => {
  it('is answered by words as well as by its buttons', async () => {
    await ann.says('schedule sync every weekday at 2pm')
    await ann.says('move sync to 3pm')
    expect(await plans('all of them')).toMatch(/Changed \(all of them\): sync/)
    world.now = world.now.add({ minutes: 1 })
    const [first] = (await ann.says('cancel sync')).buttons
    expect(await plans('just this one')).toMatch(`Cancelled this one: sync, ${first?.slice('Only '.length)}`)
    world.now = world.now.add({ minutes: 1 })
    const [next] = (await ann.says('cancel sync')).buttons
    expect(next).not.toBe(first)
    expect(await plans('1')).toMatch(`Cancelled this one: sync, ${next?.slice('Only '.length)}`)
    await ann.says('schedule alpha tomorrow from 10am to 11am')
    await ann.says('schedule beta tomorrow from 10am to 10:30am')
    world.now = world.now.add({ minutes: 1 })
    expect((await ann.says('cancel my 10am meeting tomorrow')).buttons).toHaveLength(2)
    expect(await plans('the second one')).toMatch(/Cancelled: beta/)
    expect(await plans('what is on tomorrow')).toMatch(/alpha.*10:00 AM to 11:00 AM/)
  })
})
