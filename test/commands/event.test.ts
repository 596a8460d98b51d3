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

describe('a series', () => {
  beforeEach(async () => {
    await ann.says('schedule standup every weekday at 10am')
  })
  const days = () => plans('what is on this week')

  it('moves one occurrence alone, shown once and at its new place', async () => {
    const asked = await ann.says('move tomorrow’s standup to 11am')
    expect(asked.buttons).toEqual([expect.stringMatching(/^Only Tue, Nov 24/), 'This and all later ones', 'All of them'])
    expect((await ann.presses(asked.button(/^Only/))).words).toMatch(/this one.*Tue, Nov 24, 2026, 11:00 AM/)
    const week = await days()
    expect(week).toMatch(/Nov 23, 2026, 10:00 AM.*Nov 24, 2026, 11:00 AM.*Nov 25, 2026, 10:00 AM/)
    expect(week).not.toMatch(/Nov 24, 2026, 10:00 AM/)
  })

  it('is split by this and following, and whole again after undo', async () => {
    const before = await days()
    const asked = await ann.says('move wednesday’s standup to 11am')
    const split = await ann.presses(asked.button('This and all later ones'))
    expect(split.words).toMatch(/this and all later ones.*Wed, Nov 25, 2026, 11:00 AM/)
    expect(await days()).toMatch(/Nov 24, 2026, 10:00 AM.*Nov 25, 2026, 11:00 AM.*Nov 26, 2026, 11:00 AM/)
    expect((await ann.presses(split.button('Undo'))).words).toMatch(/Undone/)
    expect(await days()).toBe(before)
  })

  it('goes back step by step, and is taken away only by the last one', async () => {
    const weeks = [await days()]
    for (const step of [
      'skip standup on Wednesday',
      'skip standup on Thursday',
      'restore standup on Wednesday',
      'move the standup on Friday to 3pm',
    ]) {
      const asked = await ann.says(step)
      if (asked.button(/^Only/)) await ann.presses(asked.button(/^Only/))
      weeks.push(await days())
    }
    for (const week of weeks.slice(0, -1).toReversed()) {
      expect(await plans('undo')).toMatch(/Undone/)
      expect(await days()).toBe(week)
    }
    expect(await plans('undo')).toMatch(/Undone: event created, standup/)
    expect(await days()).toMatch(/Nothing is planned/)
  })

  it('stays when its last change cannot be taken back', async () => {
    const asked = await ann.says('rename standup to round')
    await ann.presses(asked.button('All of them'))
    await world.database.event.updateMany({ where: { title: 'round' }, data: { title: 'circle', version: { increment: 1 } } })
    expect(await plans('undo')).toMatch(/has moved on since, so it stays/)
    expect(await days()).toMatch(/circle/)
  })

  it('changes as a whole', async () => {
    const asked = await ann.says('move standup to 9:30am')
    await ann.presses(asked.button('All of them'))
    expect((await days()).match(/9:30 AM to/g)).toHaveLength(5)
  })

  it('leaves one out by a button or by words, and brings it back', async () => {
    const asked = await ann.says('cancel standup tomorrow')
    const skipped = await ann.presses(asked.button(/^Only/))
    expect(skipped.words).toMatch(/Cancelled this one: standup, Tue, Nov 24/)
    expect(await days()).not.toMatch(/Nov 24, 2026/)
    const card = await ann.says('find standup')
    expect((await ann.presses(card.button(/^Bring back Tue, Nov 24/))).words).toMatch(/It is back/)
    expect(await days()).toMatch(/Nov 24, 2026, 10:00 AM/)
  })

  it('leaves one out and takes it back by sentence alone', async () => {
    expect(await plans('skip standup on Wednesday')).toMatch(/Cancelled this one: standup, Wed, Nov 25/)
    expect(await plans('no standup tomorrow')).toMatch(/Cancelled this one: standup, Tue, Nov 24/)
    const which = await ann.says('restore standup')
    expect(which.buttons).toEqual(['standup, Tue, Nov 24, 2026', 'standup, Wed, Nov 25, 2026'])
    expect(await plans("bring back Wednesday's standup")).toMatch(/It is back: standup, Wed, Nov 25, 2026, 10:00 AM/)
    expect((await ann.presses(which.button(/Nov 24/))).words).toMatch(/It is back/)
    const again = await ann.says('restore standup')
    expect(again.outcome).toBe('refused')
    expect(again.words).toMatch(/No occurrence of “standup” was left out/)
  })

  it('gets another rule, another clock time and a colour', async () => {
    expect(await plans('when is the next standup')).toMatch(/When: Mon, Nov 23, 2026, 10:00 AM/)
    expect(await plans('change standup to every Tuesday at 9:30am')).toMatch(/Tue, Nov 24, 2026, 9:30 AM.*every week on Tuesday at 9:30 AM/)
    expect(await plans('make it red')).toMatch(/Its colour is red/)
    expect(await plans('find standup')).toMatch(/Colour: red/)
    await ann.says('schedule tea on Thursday from 3pm to 4pm')
    expect(await plans('repeat it every week')).toMatch(/Changed.*tea.*Thu, Nov 26.*every/i)
  })

  it('ends where it is cancelled from', async () => {
    const asked = await ann.says('cancel standup on wednesday')
    await ann.presses(asked.button('This and all later ones'))
    expect((await days()).match(/10:00 AM to/g)).toHaveLength(2)
  })

  it('keeps a question for the person it was asked of, and answers it once', async () => {
    const asked = await ann.says('move standup to 9:30am')
    const eve = world.person('EVE2')
    expect((await eve.presses(asked.button('All of them'))).words).toMatch(/somebody else/)
    await ann.presses(asked.button('All of them'))
    expect((await ann.presses(asked.button('All of them'))).words).toMatch(/answered already/)
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

describe('a whole event that is called off', () => {
  it('is brought back, by "it" or by its words, with its alerts', async () => {
    await ann.says('schedule board games on Friday at 6pm alert 1 hour before')
    expect(await plans('cancel board games')).toMatch(/^Cancelled: board games/)
    expect(await plans('bring it back')).toMatch(/It is back: board games, Fri, Nov 27, 2026, 6:00 PM/)
    expect(await plans('what is on Friday')).toMatch(/board games/)
    await ann.says('cancel board games')
    await ann.says('schedule tennis on Saturday at 10am')
    expect(await plans('restore board games')).toMatch(/It is back: board games/)
    expect(await plans('restore board games')).toMatch(/No occurrence of “board games” was left out/)
    const rings = await world.database.reminder.findMany({ where: { text: { startsWith: 'board games' }, state: 'scheduled' } })
    expect(rings).toHaveLength(1)
  })

  it('is not brought back for one day of it unless that is said', async () => {
    await ann.says('schedule rowing every weekday at 7:30am')
    const which = await ann.says('cancel rowing')
    await ann.presses(which.button('All of them'))
    const asked = await ann.says("bring back Thursday's rowing")
    expect(asked).toMatchObject({ outcome: 'asked', words: expect.stringMatching(/Nothing was left out then, but you cancelled rowing/) })
    expect(await plans('what is on Thursday')).not.toMatch(/rowing/)
    expect((await ann.presses(asked.button('Bring back rowing'))).words).toMatch(/It is back: rowing/)
    expect(await plans('what is on Thursday')).toMatch(/rowing/)
    expect((await ann.presses(asked.button('Bring back rowing'))).words).toMatch(/back already/)
    await ann.says('schedule tea on Friday at 4pm')
    await ann.says('cancel tea')
    expect(await plans("bring back Friday's tea")).toMatch(/It is back: tea/)
  })

  it('is all parts of a series that was split, and all of them come back', async () => {
    await ann.says('schedule huddle every weekday at 9:30am for 15 minutes')
    await ann.says('move huddle on December 2 to 10am, this and all following')
    await ann.says('move huddle on December 9 to 11am, this and all following')
    const days = async () => {
      const found = []
      for (const day of ['Nov 24', 'Dec 3', 'Dec 10']) if (/huddle/.test(await plans(`what is on ${day}`))) found.push(day)
      return found
    }
    expect(await days()).toEqual(['Nov 24', 'Dec 3', 'Dec 10'])
    expect(await plans('cancel huddle, all of them')).toMatch(/^Cancelled, with all its repeats: huddle/)
    expect(await days()).toEqual([])
    expect(await plans('bring it back')).toMatch(/It is back: huddle/)
    expect(await days()).toEqual(['Nov 24', 'Dec 3', 'Dec 10'])
    expect(await plans('cancel huddle on December 3, this and all later ones')).toMatch(/^Cancelled this and all later ones/)
    expect(await days()).toEqual(['Nov 24'])
    expect(await plans('undo')).toMatch(/Undone/)
    expect(await days()).toEqual(['Nov 24', 'Dec 3', 'Dec 10'])
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
    await ann.says('cancel sync on wednesday')
    expect(await plans('just this one')).toMatch(/Cancelled this one: sync, Wed, Nov 25/)
    world.now = world.now.add({ minutes: 1 })
    await ann.says('cancel sync on thursday')
    expect(await plans('1')).toMatch(/Cancelled this one: sync, Thu, Nov 26/)
    await ann.says('schedule alpha tomorrow from 10am to 11am')
    await ann.says('schedule beta tomorrow from 10am to 10:30am')
    world.now = world.now.add({ minutes: 1 })
    expect((await ann.says('cancel my 10am meeting tomorrow')).buttons).toHaveLength(2)
    expect(await plans('the second one')).toMatch(/Cancelled: beta/)
    expect(await plans('what is on tomorrow')).toMatch(/alpha.*10:00 AM to 11:00 AM/)
  })
})
