import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let space = 0
let ann: Somebody
let bob: Somebody

beforeAll(async () => {
  world = await openWorld('2026-11-23T14:00:00Z')
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  space += 1
  ann = await somebody('Ann')
  bob = await somebody('Bob')
})

async function somebody(name: string): Promise<Somebody> {
  const one = world.person(`U${name}`, { name, timeZone: 'America/New_York', space: `T${space}` })
  await one.says('help')
  return one
}

describe('calendars', () => {
  it('are made, listed, used by default, renamed, deleted, and undone', async () => {
    expect((await ann.says('create a calendar Launch')).words).toMatch(/Launch is there: only you see it/)
    expect((await ann.says('create a calendar launch please')).outcome).not.toBe('failed')
    expect((await ann.says('create a calendar Launch')).words).toMatch(/already/)
    expect((await ann.says('make Launch my default calendar')).words).toMatch(/New events go into Launch/)
    await ann.says('lunch tomorrow from 12 to 1pm')
    expect((await ann.says('list my calendars')).words).toMatch(/Calendar \| yours alone.*Launch \| yours alone, new events go here/)
    expect((await ann.says('delete the Launch calendar')).words).toMatch(/say make … my default calendar/)
    await ann.says('create a calendar Home')
    await ann.says('make Home my default calendar')
    expect((await ann.says('rename the Launch calendar to Go')).words).toMatch(/Launch is called Go now/)
    expect((await ann.says('delete the Go calendar')).words).toMatch(/Deleted the calendar Go/)
    expect((await ann.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('undo')).words).toMatch(/Undone: calendar deleted/)
    expect((await ann.says('what is on tomorrow')).words).toMatch(/lunch/)
  })

  it('are hidden and shown again', async () => {
    await ann.says('create a calendar Work')
    await ann.says('lunch tomorrow from 12 to 1pm in my Work calendar')
    expect((await ann.says('hide the Work calendar')).words).toMatch(/hidden/)
    expect((await ann.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('am I free tomorrow at 12')).words).toMatch(/No: you are busy/)
    await ann.says('tea tomorrow at 5pm')
    expect((await ann.says('move tea to Work')).words).toMatch(/Changed: tea/)
    expect((await ann.says('show the Work calendar')).words).toMatch(/^Work in the next 7 days.*lunch.*tea.*hidden from your other plans/)
    expect((await ann.says('when is lunch on Tuesday?')).words).toMatch(/^lunch/)
    expect((await ann.says('move lunch to 1pm')).words).toMatch(/Changed: lunch/)
    await ann.says('unhide the Work calendar')
    expect((await ann.says('what is in the Work calendar on Friday')).words).toMatch(/^Nothing is in Work/)
    expect((await ann.says('what is on tomorrow')).words).toMatch(/lunch/)
  })

  it('are shared by "my calendar" when there is but one, and hidden by their first name', async () => {
    await ann.says('lunch tomorrow from 12 to 1pm')
    expect((await ann.says('share my calendar with Bob so he can edit it')).words).toMatch(/Bob may read and change it now: Calendar/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/lunch/)
    expect((await bob.says('move lunch to 1pm')).words).toMatch(/Changed: lunch/)
    expect((await ann.says('unshare my Calendar calendar with Bob')).words).toMatch(/no more/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('hide the Calendar calendar')).words).toMatch(/Calendar is hidden/)
    expect((await ann.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
  })

  it('are seen by those they are shared with, and by nobody else', async () => {
    await ann.says('create a calendar Work')
    await ann.says('lunch tomorrow from 12 to 1pm in my Work calendar')
    expect((await bob.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('share my Work calendar with Bob')).words).toMatch(/Bob may read it now/)
    const [told] = await world.database.reminder.findMany({ where: { notice: { not: 'null' } }, orderBy: { createdAt: 'desc' }, take: 1 })
    expect(JSON.stringify(told?.notice)).toMatch(/shares the calendar/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/lunch/)
    expect((await bob.says('cancel lunch tomorrow')).words).toMatch(/somebody else’s/)
    expect((await bob.says('share the Work calendar with <@UEve>')).words).toMatch(/somebody else’s/)
    expect((await ann.says('share my Work calendar with Bob so he can edit it')).words).toMatch(/read and change it/)
    expect((await bob.says('cancel lunch tomorrow')).words).toMatch(/Cancelled/)
    await bob.says('undo')
    expect((await ann.says('stop sharing my Work calendar with Bob')).words).toMatch(/no more/)
    expect((await bob.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
  })

  it('of everybody are seen and written by everybody here, and by nobody elsewhere', async () => {
    await ann.says('create a team calendar called Harvest')
    await bob.says('picnic tomorrow from 12 to 1pm in the Harvest calendar')
    expect((await ann.says('what is on tomorrow')).words).toMatch(/picnic/)
    expect((await bob.says('delete the Harvest calendar')).words).toMatch(/somebody else’s/)
    expect((await bob.says('make Harvest my default calendar')).words).toMatch(/New events go into Harvest/)
    const stranger = world.person('UZoe', { name: 'Zoe', space: `other${space}`, timeZone: 'America/New_York' })
    expect((await stranger.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await stranger.says('hide the Harvest calendar')).words).toMatch(/You have no calendar “Harvest”/)
  })
})

describe('what an event shows to others', () => {
  beforeEach(async () => {
    await ann.says('create a calendar Work')
    await ann.says('share my Work calendar with Bob')
    await ann.says('lunch tomorrow from 12 to 1pm in my Work calendar')
  })

  it('is everything, only that the time is taken, or nothing', async () => {
    expect((await bob.says('what is on tomorrow')).words).toMatch(/lunch/)
    await ann.says('show lunch as busy')
    const busy = await bob.says('what is on tomorrow')
    expect(busy.words).toMatch(/Busy.*12:00 PM to 1:00 PM/)
    expect(JSON.stringify(busy.reply)).not.toMatch(/lunch/)
    await ann.says('make lunch private')
    expect((await bob.says('what is on tomorrow')).words).toMatch(/Nothing is planned/)
    expect((await ann.says('what is on tomorrow')).words).toMatch(/lunch/)
    expect((await bob.says('is Ann free tomorrow at noon')).words).toMatch(/No: Ann is busy/)
  })

  it.each(['busy', 'private'])('stays unseen when it is %s, however it is asked for', async (visibility) => {
    await ann.says(`make lunch ${visibility}`)
    await bob.says('what is on tomorrow')
    for (const question of [
      'find lunch',
      'when is lunch',
      'who is coming to lunch',
      'yes to lunch',
      'cancel lunch',
      'move it to 3pm',
      'find the event tomorrow',
    ])
      expect(JSON.stringify((await bob.says(question)).reply), question).not.toMatch(/12:00 PM.*lunch|\*?lunch\*?,|"text":"lunch"/)
  })

  it('is everything to whoever is invited', async () => {
    await ann.says('invite Bob to lunch')
    await ann.says('make lunch private')
    expect((await bob.says('what is on tomorrow')).words).toMatch(/lunch/)
  })
})

describe('the calendar of a channel', () => {
  it.each([
    ['slack', 'T-CHANNELS'],
    ['discord', '6060'],
  ] as const)('is for those who are in it, and is what an agenda there shows: %s', async (platform, server) => {
    const inside = new Set(['UAMY', 'UBEN'])
    const reach = {
      obstacle: async () => undefined,
      belongs: async (_: string, user: string) => inside.has(user),
      roleNamed: async () => undefined,
      manages: async (_: unknown, user: string) => user === 'UAMY',
    }
    await using other = await openWorld('2026-11-23T14:00:00Z', { reach })
    const there = { platform, space: server, channel: '77', kind: 'channel' } as const
    const amy = other.person('UAMY', { ...there, name: 'Amy', timeZone: 'America/New_York' })
    const ben = other.person('UBEN', { ...there, name: 'Ben', timeZone: 'America/New_York' })
    expect((await amy.says('agenda')).words).toContain('Nothing is planned')
    expect((await amy.says('schedule retro on Friday at 3pm in the channel calendar')).words).toMatch(/retro is in the calendar of #77/)
    await ben.says('schedule dentist on Friday at 4pm')
    expect((await ben.says('agenda')).words).toMatch(/Plans of #77.*retro/)
    expect((await ben.says('agenda')).words).not.toContain('dentist')
    expect((await ben.says('what do I have on Friday')).words).toContain('dentist')
    expect((await ben.says('move the retro to 4pm')).words).toMatch(/Changed: retro, Fri, Nov 27, 2026, 4:00 PM/)
    const alone = other.person('UBEN', {
      platform,
      space: platform === 'slack' ? server : 'dm:UBEN',
      channel: 'D1',
      name: 'Ben',
      timeZone: 'America/New_York',
    })
    expect((await alone.says('what is on Friday')).words).toMatch(/retro.*4:00 PM/)
    await ben.says('schedule tasting every Thursday at 5pm')
    const moved = await ben.says('move the tasting to the channel calendar')
    expect(moved.words).toMatch(platform === 'slack' ? /Changed.*tasting/ : /tasting is in the calendar of #77: Thu, Nov 26, 2026, 5:00 PM/)
    expect((await amy.says('agenda')).words).toMatch(/Plans of #77.*tasting/)
    if (platform === 'discord') {
      const which = await ben.presses(moved.button('Cancel my own'))
      await ben.presses(which.button('All of them'))
      expect((await ben.says('what do I have on Thursday')).words.match(/tasting/g)).toHaveLength(1)
    }
    expect((await ben.presses(moved.button('Undo'))).words).toMatch(/Undone/)
    expect((await amy.says('agenda')).words).not.toMatch(/tasting/)
    const elsewhere = { ...there, channel: '88' }
    const kim = other.person('UKIM', { ...elsewhere, name: 'Kim', timeZone: 'America/New_York' })
    expect((await kim.says('what is on the <#77> calendar this week')).words).toMatch(/for those who are in it, and you are not/)
    expect((await kim.says('schedule party on Friday at 6pm in the <#77> calendar')).words).toMatch(/and you are not/)
    const guest = other.person('UBEN', { ...elsewhere, name: 'Ben', timeZone: 'America/New_York' })
    expect((await guest.says('what is on the <#77> calendar this week')).words).toMatch(/Plans of #77.*retro/)
    expect((await guest.says('what is on the <#88> calendar this week')).words).toMatch(/has no calendar yet/)
    expect((await ben.says('delete the channel calendar')).words).toMatch(/Only those who manage this place/)
    expect((await kim.says('delete the <#77> calendar')).words).toMatch(/and you are not/)
    const deleted = await amy.says('delete the channel calendar')
    expect(deleted.words).toMatch(/Deleted the calendar of #77/)
    expect((await ben.says('what is on the <#77> calendar this week')).words).toMatch(/has no calendar yet/)
    expect((await amy.presses(deleted.button('Undo'))).words).toMatch(/Undone/)
    expect((await ben.says('agenda')).words).toMatch(/Plans of #77.*retro/)
  })
})
