import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply } from '#core/reply.ts'
import { type Answer, answerIn, openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let space = 0
let ann: Somebody
let bob: Somebody
let kim: Somebody

beforeAll(async () => {
  // The platform says that Bob alone has the role and is in the channel; of one channel it says nothing.
  world = await openWorld(undefined, {
    reach: {
      obstacle: async () => undefined,
      manages: async () => false,
      belongs: async (_, user, { id }) => (id === 'C9' ? undefined : user === 'UBob'),
      roleNamed: async ({ space: server }, name) => (name === 'designers' ? { kind: 'role', id: '77', space: server, name } : undefined),
    },
  })
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  space += 1
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  ann = await somebody('Ann', 'America/New_York')
  bob = await somebody('Bob', 'Europe/Berlin')
  kim = await somebody('Kim', 'Asia/Tokyo')
})

async function somebody(name: string, timeZone = 'America/New_York'): Promise<Somebody> {
  const one = world.person(`U${name}`, { name, timeZone, space: `T${space}` })
  await one.says('help')
  return one
}

/** What somebody of this space was told, or is to be told, in direct messages; oldest first. */
async function told(name: string): Promise<readonly Answer[]> {
  const rows = await world.database.reminder.findMany({ orderBy: { createdAt: 'asc' } })
  const theirs = rows.filter(
    ({ recipients, origin, notice }) =>
      notice !== null && JSON.stringify(recipients).includes(`"U${name}"`) && (origin as { space: string }).space === `T${space}`,
  )
  return theirs.map(({ notice }) => answerIn(notice as unknown as Reply))
}

const last = async (name: string) => (await told(name)).at(-1)

describe('an invitation', () => {
  it('is answered together with all others, or with those of a time', async () => {
    await ann.says('schedule tasting with Bob on Friday at 10am')
    await ann.says('schedule painting with Bob on Friday at 2pm')
    await ann.says('schedule standup with Bob every weekday at 9am')
    const accepted = await bob.says('accept all invitations')
    expect(accepted.words).toMatch(/^You are coming to 3 events/)
    expect((await bob.says('accept all invites')).words).toMatch(/^No invitation of yours waits/)
    expect((await bob.says('decline everything on Friday')).words).toMatch(/^You are not coming to 3 events.*tasting|painting|standup/s)
    expect((await ann.says('who is coming to tasting')).words).toMatch(/No 1: Bob/)
    expect((await bob.says('undo')).words).toMatch(/^Undone/)
    expect((await ann.says('who is coming to tasting')).words).toMatch(/Yes 1: Bob/)
    expect((await bob.says('decline all my standups next week')).words).toMatch(/^You are not coming to 5 events/)
  })

  it('is told to each in their own direct messages and zone, once, and answered there', async () => {
    expect((await ann.says('lunch with Bob and Kim on Friday from 12 to 1pm')).words).toMatch(/I invite Bob and Kim/)
    const [invited, ...more] = await told('Bob')
    expect(more).toEqual([])
    expect(invited?.words).toMatch(/Ann invites you to lunch with Bob and Kim, Fri, Nov 27, 2026, 6:00 PM to 7:00 PM/)
    expect((await last('Kim'))?.words).toMatch(/Sat, Nov 28, 2026, 2:00 AM to 3:00 AM/)
    expect(invited?.buttons).toEqual(['Yes', 'No', 'Maybe'])
    const answered = await bob.presses(invited?.button('Yes'))
    expect(answered.words).toMatch(/You are coming: .*Yes 1: you \| No answer yet 1: Kim/)
    expect(answered.reply?.replaces).toBe(true)
    expect((await bob.says('what is on Friday')).words).toMatch(/lunch/)
    expect((await bob.says('who made the lunch')).words).toMatch(/Planned by: Ann/)
    expect((await ann.says('who made the lunch')).words).not.toMatch(/Planned by/)
    expect(world.queued.length).toBeGreaterThan(0)
  })

  it('is answered in words, with a comment, and taken back', async () => {
    await ann.says('team lunch with Bob on Friday from 12 to 1pm')
    expect((await bob.says("I can't make it to team lunch, my train is late")).words).toMatch(/You are not coming: .*my train is late/)
    expect((await bob.says('what is on Friday')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('who is coming to team lunch?')).words).toMatch(/No 1: Bob \(“my train is late”\)/)
    expect((await bob.says('undo')).words).toMatch(/your answer is what it was before/)
    expect((await ann.says('who is coming to team lunch?')).words).toMatch(/No answer yet 1: Bob/)
    expect((await bob.says('yes to team lunch')).words).toMatch(/You are coming/)
    expect((await bob.says('no to team lunch, I am ill')).words).toMatch(/No 1: you \(“I am ill”\)/)
    expect((await bob.says('yes to team lunch')).words).toMatch(/Yes 1: you$/)
  })

  it('is for people who were invited, and for nobody of another space', async () => {
    await ann.says('team lunch with Bob on Friday from 12 to 1pm')
    const stranger = await somebody('Zed')
    expect((await stranger.says('yes to team lunch')).words).toMatch(/I know no event like “team lunch”/)
    const button = (await last('Bob'))?.button('Yes')
    expect((await stranger.presses(button)).words).toMatch(/You are not invited/)
  })

  it('to a series is answered for one day or for all', async () => {
    await ann.says('standup with Bob every weekday at 9am')
    expect((await bob.says("I can't make it to standup tomorrow")).words).toMatch(/You are not coming: standup with Bob, Tue, Nov 24/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await bob.says('what is on Wednesday')).words).toMatch(/standup/)
    const asked = await bob.says('no to standup, I have left the team')
    expect(asked.buttons).toEqual([expect.stringMatching(/^Only Mon, Nov 23/), 'This and all later ones', 'All of them'])
    expect((await bob.presses(asked.button('All of them'))).words).toMatch(/You are not coming: .*I have left the team/)
    expect((await bob.says('what is on Wednesday')).words).toMatch(/Nothing is planned/)
  })

  it('to a series is answered from a day on, which a later answer and undo take back', async () => {
    await ann.says('standup with Bob every weekday at 9am')
    const plans = async (day: string) => /standup/.test((await bob.says(`what is on ${day}`)).words)
    expect((await bob.says('yes to standup on Friday')).words).toMatch(/You are coming/)
    expect((await bob.says("I can't make standup from Thursday on")).words).toMatch(
      /not coming: standup with Bob, Thu.* and all later ones/,
    )
    expect([await plans('Wednesday'), await plans('Thursday'), await plans('Friday'), await plans('December 9')]).toEqual([
      true,
      false,
      false,
      false,
    ])
    const before = (await told('Bob')).length
    expect((await ann.says('move standup on Wednesday to 10am, this and all following')).words).toMatch(/this and all later ones/)
    // What is different from then on is told once, and not that the series ends, nor that a part of it is called off.
    expect((await told('Bob')).slice(before).map(({ words }) => words)).toEqual([
      expect.stringMatching(/Ann changed standup with Bob, Wed.*From that day on/),
    ])
    expect([await plans('Wednesday'), await plans('Thursday'), await plans('December 9')]).toEqual([true, false, false])
    expect((await ann.says('undo')).words).toMatch(/Undone/)
    expect((await bob.says('undo')).words).toMatch(/your answer is what it was before/)
    expect([await plans('Thursday'), await plans('Friday')]).toEqual([true, true])
    await bob.says('no to standup, this and all following')
    expect((await bob.says('yes to standup, all of them')).words).toMatch(/You are coming/)
    expect(await plans('Thursday')).toBe(true)
  })

  it('that nobody can be told is said, and the event is booked all the same', async () => {
    const { words } = await ann.says('lunch with Nadia and jo@example.org on Friday from 12 to 1pm')
    expect(words).toMatch(/in your calendar.*I do not know Nadia here.*I send no e-mail: pass lunch.*\.ics on to jo@example.org yourself/)
  })

  it('goes to the members of a group, and not to who plans it', async () => {
    await ann.says('create a group crew with Bob, Kim and me')
    expect((await ann.says('schedule a review with crew tomorrow at 3pm')).words).toMatch(/I invite Bob and Kim/)
    expect(await told('Ann')).toEqual([])
    expect((await last('Kim'))?.words).toMatch(/invites you to review with crew/)
  })

  it('is followed by what changes, and by what is called off, for those who did not decline', async () => {
    const made = await ann.says('lunch with Bob and Kim on Friday from 12 to 1pm')
    await kim.presses((await last('Kim'))?.button('No'))
    await ann.presses(made.button('Undo'))
    expect((await last('Bob'))?.words).toMatch(/Ann called off lunch with Bob and Kim, Fri, Nov 27, 2026, 6:00 PM/)
    expect((await told('Bob')).length).toBe(2)
    expect((await told('Kim')).length).toBe(1)
    expect((await bob.presses((await told('Bob'))[0]?.button('Yes'))).words).toMatch(/was called off/)
  })
})

describe('alerts of those who come', () => {
  /** When somebody of this space is alerted, in UTC. */
  async function alerted(name: string): Promise<readonly string[]> {
    const rows = await world.database.reminder.findMany({
      where: { eventId: { not: null }, state: 'scheduled' },
      orderBy: { dueAt: 'asc' },
    })
    const theirs = rows.filter(
      ({ recipients, origin }) => JSON.stringify(recipients).includes(`"U${name}"`) && (origin as { space: string }).space === `T${space}`,
    )
    return theirs.map(({ dueAt }) => dueAt?.toISOString().slice(0, 16) ?? '')
  }

  it('are those that they are used to, go with the event, and end with their answer', async () => {
    await bob.says('alert me 10 minutes before by default')
    await kim.says('alert me 20 minutes before by default')
    await ann.says('lunch with Bob and Kim on Friday from 12 to 1pm')
    expect(await alerted('Bob')).toEqual([])
    await bob.presses((await last('Bob'))?.button('Yes'))
    await kim.presses((await last('Kim'))?.button('Maybe'))
    expect([await alerted('Bob'), await alerted('Kim'), await alerted('Ann')]).toEqual([['2026-11-27T16:50'], [], []])
    const moved = await ann.says('move lunch to 2pm')
    expect(await alerted('Bob')).toEqual(['2026-11-27T18:50'])
    await kim.says('yes to lunch')
    expect(await alerted('Kim')).toEqual(['2026-11-27T18:40'])
    expect((await ann.presses(moved.button('Undo'))).words).toMatch(/Undone/)
    expect([await alerted('Bob'), await alerted('Kim')]).toEqual([['2026-11-27T16:50'], ['2026-11-27T16:40']])
    await bob.says('no to lunch')
    expect(await alerted('Bob')).toEqual([])
    expect((await bob.says('undo')).words).toMatch(/your answer is what it was before/)
    expect(await alerted('Bob')).toEqual(['2026-11-27T16:50'])
    await ann.says('remove Kim from lunch')
    expect(await alerted('Kim')).toEqual([])
    await ann.says('cancel lunch')
    expect(await alerted('Bob')).toEqual([])
  })

  it('ring before the days of a series that they come to, and no others', async () => {
    await bob.says('alert me 10 minutes before by default')
    await ann.says('standup with Bob every weekday at 9am')
    await bob.says('yes to standup on Wednesday')
    expect(await alerted('Bob')).toEqual(['2026-11-25T13:50'])
    await bob.says('yes to standup, all of them')
    expect(await alerted('Bob')).toEqual(['2026-11-24T13:50'])
    await bob.says("I can't make it to standup tomorrow")
    expect(await alerted('Bob')).toEqual(['2026-11-25T13:50'])
    await ann.says('move standup on Wednesday to 10am, just this one')
    expect(await alerted('Bob')).toEqual(['2026-11-25T14:50', '2026-11-26T13:50'])
  })

  it('come with a seat, of as many as answer at once', async () => {
    const guests = await Promise.all(['Gil', 'Hal', 'Ivy', 'Jo'].map((name) => somebody(name)))
    for (const guest of guests) await guest.says('alert me 10 minutes before by default')
    await ann.says('workshop with Gil, Hal, Ivy and Jo on Friday from 2 to 4pm')
    await ann.says('limit the workshop to 3 people')
    const answers = await Promise.all(guests.map((guest) => guest.says('yes to workshop')))
    expect(answers.filter(({ words }) => /waiting list/.test(words))).toHaveLength(1)
    const ring = async () => (await Promise.all(['Gil', 'Hal', 'Ivy', 'Jo'].map(alerted))).flat()
    expect(await ring()).toHaveLength(3)
    const first = answers.findIndex(({ words }) => /You are coming/.test(words))
    await guests[first]?.says('no to workshop')
    expect(await ring()).toHaveLength(3)
  })
})

describe('an event for some', () => {
  it.each([
    ['only @designers may join the workshop', /Only those with the role designers/],
    ['limit the workshop to <#C1>', /Only those in #C1/],
    ['only the crew group may join the workshop', /Only the group crew/],
  ])('takes a yes of those alone, and a no of everybody: %s', async (sentence, who) => {
    await ann.says('create a group crew with Bob')
    await ann.says('workshop with Bob and Kim on Friday from 2 to 4pm')
    expect((await bob.says(sentence)).words).toMatch(/Only the person who planned/)
    expect((await ann.says(sentence)).words).toMatch(who)
    const refused = await kim.presses((await last('Kim'))?.button('Yes'))
    expect(refused.words).toMatch(who)
    expect(refused.outcome).toBe('refused')
    expect((await kim.says('no to the workshop')).words).toMatch(/You are not coming/)
    expect((await bob.says('yes to the workshop')).words).toMatch(/You are coming/)
    expect((await ann.says('everybody may join the workshop again')).words).toMatch(/Everybody may join/)
    expect((await kim.says('yes to the workshop')).words).toMatch(/You are coming/)
  })

  it('says so when nobody can tell who they are, and when there is no such role', async () => {
    await ann.says('workshop with Bob on Friday from 2 to 4pm')
    expect((await ann.says('only @nobodies may join the workshop')).words).toMatch(/I do not know them/)
    await ann.says('limit the workshop to <#C9>')
    expect((await bob.says('yes to the workshop')).words).toMatch(/I cannot see now whether you belong/)
  })
})

describe('on Discord, where each person has a space of their own', () => {
  it('a sentence in direct messages finds what one is invited to, and the answer is kept there', async () => {
    const server = { platform: 'discord', space: '5150', channel: '7', kind: 'channel' } as const
    const user = (id: string) => `${id}${space}`
    const mia = world.person(user('10'), { ...server, name: 'Mia' })
    const made = await mia.says(`schedule jam session with <@${user('20')}> on Friday from 2 to 4pm`)
    expect(made.words).toMatch(/I invite/)
    const dm = { platform: 'discord', space: `dm:${user('20')}`, channel: '9', kind: 'direct' } as const
    const leo = world.person(user('20'), { ...dm, name: 'Leo' })
    expect((await leo.says('what is on Friday')).words).toMatch(/jam session/)
    expect((await leo.says('yes to the jam session')).words).toMatch(/You are coming: jam session/)
    expect((await mia.says('who is coming to the jam session')).words).toMatch(/Yes 1/)
    const zed = world.person(user('30'), { ...dm, space: `dm:${user('30')}`, name: 'Zed' })
    expect((await zed.says('yes to the jam session')).words).toMatch(/I know no event/)
    expect((await leo.presses((await leo.says("I can't make it to the jam session")).button('Undo'))).words).toMatch(/Undone/)
    expect((await mia.says('who is coming to the jam session')).words).toMatch(/Yes 1/)
  })
})

describe('seats', () => {
  it('are given first come first served; who waits moves up by itself and is told', async () => {
    await ann.says('workshop with Bob and Kim on Friday from 2 to 4pm')
    const lee = await somebody('Lee')
    expect((await ann.says('limit the workshop to 1 person')).words).toMatch(/1 seat now/)
    await bob.presses((await last('Bob'))?.button('Yes'))
    const waits = await kim.presses((await last('Kim'))?.button('Yes'))
    expect(waits.words).toMatch(/on the waiting list.*Waiting for a seat 1: you/)
    expect((await bob.says("I can't make it to the workshop")).words).toMatch(/You are not coming/)
    expect((await last('Kim'))?.words).toMatch(/A seat became free, and it is yours: .*Sat, Nov 28, 2026, 4:00 AM/)
    expect((await ann.says('who is coming to the workshop')).words).toMatch(/Yes, of 1 seat, 1: Kim/)
    // Whoever takes a no back meanwhile waits: nobody loses a seat that they were promised.
    expect((await bob.says('undo')).words).toMatch(/Undone/)
    expect((await ann.says('who is coming to the workshop')).words).toMatch(/1: Kim \| Waiting for a seat 1: Bob/)
    await ann.says('limit the workshop to 2 people')
    expect((await last('Bob'))?.words).toMatch(/A seat became free/)
    expect((await lee.says('yes to workshop')).words).toMatch(/I know no event/)
  })

  it('that somebody is taken off go to who waits', async () => {
    await ann.says('workshop with Bob and Kim on Friday from 2 to 4pm')
    await ann.says('limit the workshop to 1 person')
    await bob.presses((await last('Bob'))?.button('Yes'))
    await kim.presses((await last('Kim'))?.button('Yes'))
    await ann.says('remove Bob from the workshop')
    expect((await last('Bob'))?.words).toMatch(/You are no longer expected at workshop/)
    expect((await last('Kim'))?.words).toMatch(/A seat became free/)
  })

  it('are never given twice, however many answer at once', async () => {
    const names = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Finn', 'Gus', 'Hana']
    const guests = await Promise.all(names.map((name) => somebody(name)))
    await ann.says(`workshop with ${names.join(', ')} on Friday from 2 to 4pm`)
    await ann.says('limit the workshop to 3 people')
    const buttons = await Promise.all(names.map(last))
    await Promise.all(guests.map((guest, index) => guest.presses(buttons[index]?.button('Yes'))))
    const { words } = await ann.says('who is coming to the workshop')
    expect(words).toMatch(/Yes, of 3 seats, 3: .*Waiting for a seat 5:/)
    const rows = await world.database.attendee.findMany({ where: { waiting: { not: null } }, orderBy: { waiting: 'asc' } })
    expect(rows.filter(({ name }) => names.includes(name)).map(({ waiting }) => waiting)).toEqual([1, 2, 3, 4, 5])
  })

  it.each(['invitations', 'attendees'] as const)('are not given away that somebody took while another looked at the %s', async (what) => {
    const [ivy, jon] = await Promise.all([somebody('Ivy'), somebody('Jon')])
    await ann.says('seminar with Ivy and Jon on Friday from 2 to 4pm')
    await ann.says('limit the seminar to 1 person')
    const [first, second] = await Promise.all([last('Ivy'), last('Jon')])
    const { invitations, attendees } = world.stores.store
    const { get } = invitations
    const { of } = attendees
    const meanwhile = () => ivy.presses(first?.button('Yes'))
    if (what === 'invitations')
      vi.spyOn(invitations, 'get').mockImplementationOnce(async (...which) => meanwhile().then(() => get(...which)))
    else vi.spyOn(attendees, 'of').mockImplementationOnce(async (...which) => meanwhile().then(() => of(...which)))
    expect((await jon.presses(second?.button('Yes'))).words).toMatch(/waiting list/)
    expect((await ann.says('who is coming to the seminar')).words).toMatch(/Yes, of 1 seat, 1: Ivy .*Waiting for a seat 1: Jon/)
  })
})

describe('who plans an event', () => {
  beforeEach(async () => {
    await ann.says('workshop with Bob and Kim on Friday from 2 to 4pm')
  })

  it('is told of the answers of ten minutes in one message', async () => {
    await bob.presses((await last('Bob'))?.button('Yes'))
    world.now = world.now.add({ minutes: 3 })
    await kim.presses((await last('Kim'))?.button('Maybe'))
    expect((await told('Ann')).map(({ words }) => words)).toEqual([
      expect.stringMatching(/Answers to workshop.*Yes 1: Bob \| Maybe 1: Kim/),
    ])
    world.now = world.now.add({ minutes: 10 })
    await kim.says('no to workshop')
    expect((await told('Ann')).length).toBe(2)
  })

  it('reminds those who have not answered, once a day, and nobody else', async () => {
    await bob.presses((await last('Bob'))?.button('Yes'))
    expect((await ann.says('remind those who have not answered about the workshop')).words).toMatch(/I ask again, once a day at most: Kim/)
    await ann.says('remind those who have not answered about the workshop')
    expect((await told('Kim')).map(({ words }) => words)).toEqual([
      expect.stringMatching(/invites/),
      expect.stringMatching(/would like to know/),
    ])
    expect((await told('Bob')).length).toBe(1)
    expect((await bob.says('remind those who have not answered about the workshop')).words).toMatch(/Only the person who planned/)
    expect((await ann.says('list my reminders')).words).toMatch(/no reminders/)
  })

  it('takes answers until a moment; a no is taken at any time', async () => {
    expect((await ann.says('answers by Wednesday for the workshop')).words).toMatch(/until Wed, Nov 25, 2026, 11:59 PM/)
    world.now = Temporal.Instant.from('2026-11-26T14:00:00Z')
    expect((await bob.says('yes to the workshop')).words).toMatch(/Answers were taken until/)
    expect((await bob.says('no to the workshop')).words).toMatch(/You are not coming/)
  })

  it('notes afterwards who was there', async () => {
    expect((await ann.says('Bob was there')).words).toMatch(/has not begun yet|I know no event/)
    world.now = Temporal.Instant.from('2026-11-28T14:00:00Z')
    expect((await ann.says('mark Bob as absent from the workshop')).words).toMatch(/Bob, not there/)
    expect((await ann.says('mark Kim as present at the workshop')).words).toMatch(/Kim, there/)
    expect((await ann.says('who was at the workshop')).words).toMatch(/there: Kim; not there: Bob/)
  })
})

describe('a card in a channel', () => {
  it('is answered by whoever is there, and shows how things stand', async () => {
    const here = world.person('UAnn', { name: 'Ann', space: `T${space}`, channel: 'C1', kind: 'channel', timeZone: 'America/New_York' })
    const made = await here.says('workshop with <@UBob> on Friday from 2 to 4pm')
    expect(made.words).toMatch(/^workshop with Bob is in your calendar/)
    expect(made.buttons).toEqual(['Undo', 'Yes', 'No', 'Maybe'])
    const button = made.button('Yes')
    const there = world.person('UPat', { name: 'Pat', space: `T${space}`, channel: 'C1', kind: 'channel', timeZone: 'Asia/Tokyo' })
    const card = await there.presses(button)
    expect(card.words).toMatch(/^workshop with Bob.*Yes 1: Pat \\| No answer yet 1: Bob/)
    expect(card.buttons).toEqual(['Yes', 'No', 'Maybe'])
  })
})
