import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let people = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** Somebody new, who has said nothing yet. It is Monday, 23 November 2026, 9:00 in New York. */
function somebody(): Somebody {
  people += 1
  return world.person(`talker${people}`, { timeZone: 'America/New_York' })
}

/** Says one sentence after the other; the last answer counts. */
async function talk(...sentences: readonly string[]): Promise<string> {
  const one = somebody()
  let words = ''
  for (const sentence of sentences) words = (await one.says(sentence)).words
  return words
}

describe('a missing time', () => {
  it.each([
    ['tomorrow at 9', /Tue, Nov 24, 2026, 9:00 AM.*water the plants/],
    ['hm, let’s say tomorrow at 9, please', /Tue, Nov 24, 2026, 9:00 AM.*water the plants/],
    ['in 20 minutes', /9:20 AM.*water the plants/],
    ['make it 4pm', /Mon, Nov 23, 2026, 4:00 PM.*water the plants/],
    ['every Friday at noon', /water the plants.*repeats every week on Friday at 12:00 PM/],
    ['no time', /On your list: water the plants/],
    ['make it a todo', /On your list: water the plants/],
    ['never mind', /^Dropped: water the plants/],
    ['cancel that', /^Dropped: water the plants/],
    // Asks something else, and is told that.
    ['what is due this week', /^Nothing is due/],
  ])('of a reminder is answered by %j', async (answer, expected) => {
    expect(await talk('remind me to water the plants', answer)).toMatch(expected)
  })

  it.each([
    ['at 1', /Fri, Nov 27, 2026, 1:00 PM to 2:00 PM/],
    ['Saturday at 1', /Sat, Nov 28, 2026, 1:00 PM to 2:00 PM/],
    ['12 to 2', /Fri, Nov 27, 2026, 12:00 PM to 2:00 PM/],
    ['all day', /Fri, Nov 27, 2026, all day/],
    ['forget it', /^Dropped: lunch with Ann/],
  ])('of an event on a day is answered by %j', async (answer, expected) => {
    expect(await talk('lunch with Ann on Friday', answer)).toMatch(expected)
  })

  it('of an event keeps the length that was said before it', async () => {
    expect(await talk('schedule a 45 minute call with Bo on Friday', '10am')).toMatch(/10:00 AM to 10:45 AM/)
    const one = somebody()
    const asked = await one.says('coffee with Bo on Friday for 90 minutes')
    expect((await one.presses(asked.button('10:00'))).words).toMatch(/10:00 AM to 11:30 AM/)
  })

  it('of an event is asked again while the answer holds only a day', async () => {
    expect(await talk('call with Zoe', 'on Friday')).toMatch(/At what time is call with Zoe/)
    expect(await talk('call with Zoe', 'on Friday', '10am')).toMatch(/call with Zoe.*Fri, Nov 27, 2026, 10:00 AM/)
  })
})

describe('one of several readings', () => {
  it.each([
    ['the second one', /6:00 AM.*run/],
    ['2', /6:00 AM.*run/],
    ['6am', /6:00 AM.*run/],
    ['in the evening', /6:00 PM.*run/],
    ['the first', /6:00 PM.*run/],
  ])('of a time is chosen by %j', async (answer, expected) => {
    expect(await talk('remind me tomorrow at 6 to run', answer)).toMatch(expected)
  })

  it.each([
    ['Tuesday and Friday', /every week on Tuesday and Friday/],
    ['the first one', /every week on Monday and Thursday/],
  ])('of a rule is chosen by %j', async (answer, expected) => {
    expect(await talk('remind me to water the ferns twice a week', answer)).toMatch(expected)
  })
})

describe('a missing thing', () => {
  it.each([
    ['remind me', 'to feed the cat', /When shall I remind you of feed the cat/],
    ['remind me', 'feed the cat in 5 minutes', /9:05 AM.*feed the cat/],
    ['remind me tomorrow at 9', 'call Bob', /Tue, Nov 24, 2026, 9:00 AM.*call Bob/],
    ['remind me', 'never mind', /^Dropped/],
    ['add a todo', 'buy milk', /On your list: buy milk/],
    ['make a note', 'the door code is 4711', /Noted: the door code is 4711/],
  ])('of %j is told by %j', async (first, answer, expected) => {
    expect(await talk(first, answer)).toMatch(expected)
  })
})

describe('something that has a time and may be anything', () => {
  const said = 'paint the fence on Friday at 14:00'

  it('is asked about, and ends up where its button or a word says', async () => {
    const one = somebody()
    const asked = await one.says(said)
    expect(asked.words).toMatch(/^What shall I make of paint the fence, Fri, Nov 27, 2026, 2:00 PM/)
    expect((await one.presses(asked.button('An event'))).words).toMatch(/paint the fence is in your calendar/)
    expect(await talk(said, 'a reminder')).toMatch(/Fri, Nov 27, 2026, 2:00 PM.*paint the fence/)
    expect(await talk(said, 'event')).toMatch(/paint the fence is in your calendar/)
    expect(await talk(said, 'no')).toMatch(/^Dropped: paint the fence/)
  })

  it.each(['make the rooftop tour weekly', 'when is the rooftop tour on Friday?'])('is not what asks for more: %s', async (sentence) => {
    expect(await talk(sentence)).not.toMatch(/What shall I make of/)
  })

  it('is an event without a question where its place or its seats are said', async () => {
    const words = await talk('tasting on Friday at 6pm for 2 hours at the cellar, at most 2 people')
    expect(words).toMatch(/tasting at the cellar is in your calendar: Fri, Nov 27, 2026, 6:00 PM to 8:00 PM/)
    expect(await talk('rooftop tour on Friday at 14:00 in room 4')).toMatch(/rooftop tour is in your calendar.*at room 4/)
  })

  it.each([
    ['gotta oil the hinges on Friday', /^Shall I keep oil the hinges, Fri, Nov 27, 2026 for you/],
    ['we still need to fix the kiln', /^Shall I keep fix the kiln for you/],
    ['wash the curtains', /^Shall I keep wash the curtains for you/],
  ])('is asked about as something to do when somebody needs to: %s', async (sentence, expected) => {
    expect(await talk(sentence)).toMatch(expected)
    expect(await talk(sentence, 'on my list')).toMatch(/^On your list: (?:oil|fix|wash)/)
  })

  it('is nobody else’s business', async () => {
    expect((await somebody().says(said, { addressed: false })).outcome).toBe('ignored')
  })
})

describe('undo', () => {
  it('takes back the question that was asked last, and what was done before it when that is said', async () => {
    const one = somebody()
    await one.says('schedule standup tomorrow at 9:15am for 15 minutes')
    world.now = world.now.add({ seconds: 1 })
    await one.says('schedule review tomorrow')
    const dropped = await one.says('undo')
    expect(dropped.words).toMatch(/^Dropped: review\. Nothing of it was done yet/)
    expect((await one.says('what is on tomorrow')).words).toMatch(/standup/)
    expect((await one.presses(dropped.button('Undo what came before'))).words).toMatch(/Undone.*standup/)
  })

  it('takes back what was done after a question that nobody answered', async () => {
    const one = somebody()
    await one.says('schedule review tomorrow')
    world.now = world.now.add({ seconds: 1 })
    await one.says('remind me at 5pm to lock up')
    expect((await one.says('undo')).words).toMatch(/Undone.*lock up/)
  })
})

describe('what is no answer', () => {
  it('changes what it names, and is no name of something to do', async () => {
    const moved = await talk('lunch with Sam on Thursday at noon', 'remind me in 3 hours', 'move lunch to Friday same time')
    expect(moved).toMatch(/^Changed: lunch with Sam, Fri, Nov 27, 2026, 12:00 PM/)
    expect(await talk('remind me in 3 hours', 'cancel the newspaper subscription')).toMatch(/12:00 PM.*cancel the newspaper|no event/)
  })

  it('asks for something new', async () => {
    const busy = await talk('when am I free tomorrow for an hour', 'conference from Dec 7 to Dec 9')
    expect(busy).toMatch(/conference is in your calendar/)
    expect(await talk('when am I free tomorrow for an hour', 'and on Friday?')).toMatch(/Fri, Nov 27/)
    expect(await talk('remind me to water the plants', 'lunch with Ann tomorrow at noon')).toMatch(/lunch with Ann is in your calendar/)
    expect(await talk('remind me', 'list my todos')).toMatch(/list is empty/)
  })

  it('is what was meant for a question before the last one', async () => {
    const one = somebody()
    const first = await one.says('remind me to buy eggs')
    world.now = world.now.add({ seconds: 1 })
    await one.says('remind me to phone Ann')
    expect((await one.says('in 20 minutes')).words).toMatch(/phone Ann/)
    expect((await one.says('tomorrow at 10')).words).not.toMatch(/eggs/)
    expect((await one.presses(first.button('In 1 hour'))).words).toMatch(/10:00 AM.*buy eggs/)
  })

  it('answers a question that was dropped', async () => {
    const one = somebody()
    const asked = await one.says('remind me to buy eggs')
    await one.says('never mind')
    expect((await one.presses(asked.button('In 1 hour'))).words).toMatch(/answered already/)
  })
})

describe('what asks for nothing that we do', () => {
  it.each([
    ['never mind', /^All right, nothing is changed/],
    ['oops, wrong one', /^Say undo and I take the last thing back/],
    ['hi there', /^Hello\. Tell me what to remember/],
    ['are you a bot?', /^I am DuckTape/],
    ["what's the weather like tomorrow", /^I know calendars and clocks/],
    ['play some music', /^That is beyond me/],
    ["thanks, that's great", /^You are welcome/],
    ['do not disturb me after 7pm', /^I have no quiet hours/],
    ['the purple fish sings', /^I did not understand that\. Say help/],
    ['see you tomorrow', /^See you/],
    ['my train was late this morning', /^I did not understand/],
    ['she called me at 5', /^I did not understand/],
    ["I'm tired today", /^I did not understand/],
    ['the coffee is cold', /^I did not understand/],
    ['stop it', /^You have no open reminders/],
  ])('%s is answered shortly', async (sentence, expected) => {
    expect(await talk(sentence)).toMatch(expected)
  })
})

describe('a thing whose kind only its owner knows', () => {
  it.each([
    ['todo: renew the cert', 'move renew the cert to Friday', /^Changed: renew the cert, due Fri, Nov 27/],
    ['remind me to ring Bo tomorrow at 5pm', 'cancel ring Bo', /^Cancelled: ring Bo/],
    ['create a list called Bits', 'rename Bits to Pieces', /Pieces/],
  ])('is found after %j: %s', async (first, then, expected) => {
    expect(await talk(first, then)).toMatch(expected)
  })

  it('is the reminder of that time, and the reminders of that week', async () => {
    const made = [
      'remind me to ring Bo tomorrow at 5pm',
      'remind me to feed the fish tomorrow at 7pm',
      'remind me to pack on December 2 at 9am',
    ]
    expect(await talk(...made, 'push my 5pm reminder back half an hour')).toMatch(/^Changed: ring Bo, on Tue, Nov 24, 2026, 5:30 PM/)
    const words = await talk(...made, 'what reminders do I have next week')
    expect(words).toMatch(/pack/)
    expect(words).not.toMatch(/ring Bo|feed the fish/)
  })

  it('is a todo that was made last, where it is said when it is due', async () => {
    expect(await talk('todo: fix the kiln', 'this should be done this Friday')).toMatch(/^Changed: fix the kiln, due Fri, Nov 27/)
  })

  it('is an event that says more than its name, which may move', async () => {
    expect(await talk('lunch with Ida tomorrow at 12', 'lunch is at 1 tomorrow')).toMatch(
      /^lunch with Ida is planned for .*12:00 PM already\. Does it move/,
    )
    expect(await talk('lunch with Ida tomorrow at 12', 'add lunch tomorrow at 1')).toMatch(/^lunch is in your calendar/)
  })

  it('is everything on a list that nobody calls one', async () => {
    const made = ['create a list called Packing', 'add socks to the packing list', 'todo: fix the kiln']
    expect(await talk(...made, 'mark everything on packing as done')).toMatch(/^Tick off 1 todo.*socks/s)
  })

  it('is a timer that needs no other name', async () => {
    expect(await talk('set a timer for 25 mins')).toMatch(/9:25 AM.*Timer/)
  })
})
