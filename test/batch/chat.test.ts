import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MemoryMessage } from '#bots/memory/index.ts'
import type { Incoming } from '#core/message.ts'
import type { Reply } from '#core/reply.ts'
import { openTestDatabase } from '../support/database.ts'
import { type Answer, answerIn } from '../support/world.ts'
import { openStation, over, type Station } from './station.ts'

const stack = new AsyncDisposableStack()
let station: Station
beforeAll(async () => {
  station = stack.use(await openStation({ databaseUrl: stack.use(await openTestDatabase()).url, mostItems: 50 }))
  stack.use(await station.work())
})
afterAll(() => stack.disposeAsync())

/** Somebody in direct messages, with what is shown to them. */
function person(user: string) {
  const place = { platform: 'memory', space: 'S', channel: `direct:${user}`, kind: 'direct' } as const
  const author = { id: user, name: user, timeZone: 'Europe/Berlin' }
  let messages = 0
  const received = () => ({ id: `${user}-${++messages}`, at: Temporal.Now.instant(), place, author })
  const mine = () => station.bot.messages.filter((message) => message.place === `direct:${user}`)
  const hear = async (message: Incoming, carrier?: MemoryMessage): Promise<Answer> => {
    await station.bot.receive(message, carrier)
    return answerIn((carrier ?? mine().at(-1))?.reply ?? { tone: 'tell', visibility: 'place', blocks: [] })
  }
  return {
    says: (text: string) => hear({ kind: 'sentence', ...received(), text, addressed: true, private: false }),
    presses(label: string | RegExp, from = mine().at(-1)) {
      const token = from && answerIn(from.reply).button(label)?.token
      const carrier = from && { carrier: { channel: from.place, id: from.id } }
      return hear({ kind: 'press', ...received(), token: token ?? 'none', private: false, ...carrier }, from)
    },
    last: () => mine().at(-1),
    /** What a message says once it says something like that. */
    async shows(message: MemoryMessage | undefined, words: RegExp): Promise<Answer> {
      const seen = Promise.withResolvers<void>()
      const look = () => message && words.test(answerIn(message.reply).words) && seen.resolve()
      station.bot.onShown(look)
      look()
      await seen.promise
      return answerIn(message?.reply ?? { tone: 'tell', visibility: 'place', blocks: [] })
    },
  }
}

const wallsOf = async (title: string) =>
  (await station.database.event.findMany({ where: { title, status: 'confirmed' }, orderBy: { startWall: 'asc' } })).map(({ startWall }) =>
    startWall.toISOString().slice(11, 16),
  )

/** Which events somebody is told of in such words. */
async function toldTo(user: string, words: RegExp): Promise<readonly string[]> {
  const rows = await station.database.reminder.findMany({ where: { recipients: { equals: [{ kind: 'direct', user }] } } })
  const told = rows.flatMap(({ notice }) => (notice === null ? [] : [answerIn(notice as unknown as Reply).words]))
  return told.flatMap((one) => (words.test(one) ? (/planning|sizing/.exec(one) ?? []) : [])).toSorted()
}

describe('many things in one sentence', () => {
  it('are shown first, moved once it is confirmed, and moved back as a whole', async () => {
    const ann = person('ann')
    await ann.says('team retro tomorrow from 9:00 to 9:30')
    await ann.says('lunch with Zoe tomorrow from 12:00 to 13:00')
    await ann.says('event company trip tomorrow all day')
    const preview = await ann.says('push tomorrow by 30 minutes')
    expect(preview.words).toContain('Move 2 events')
    expect(preview.words).toMatch(/9:00 AM.*→.*9:30 AM/)
    expect(preview.words).toContain('1 of them takes the whole day and stays.')
    expect(preview.words).not.toContain('overlap')
    expect(await wallsOf('team retro')).toEqual(['09:00'])

    const message = ann.last()
    await ann.presses('Move 2 events')
    const end = await ann.shows(message, /2 done/)
    expect(end.words).toBe('Move 2 events: 2 done.')
    expect([await wallsOf('team retro'), await wallsOf('lunch with Zoe')]).toEqual([['09:30'], ['12:30']])

    await ann.presses('Undo all', message)
    await ann.shows(message, /^Undone: Move 2 events: 2 put back/)
    expect([await wallsOf('team retro'), await wallsOf('lunch with Zoe')]).toEqual([['09:00'], ['12:00']])
    expect(station.bot.messages.filter(({ place }) => place === 'direct:ann')).toHaveLength(4)
  })

  it('tell those who are invited what became of it, and of its taking back', async () => {
    const [liv, moe] = [person('liv'), person('moe')]
    await moe.says('note: I am here')
    for (const [title, hour] of [
      ['planning', 9],
      ['sizing', 11],
    ] as const) {
      await liv.says(`${title} tomorrow at ${hour}:00`)
      await liv.says(`invite moe to ${title}`)
    }
    await liv.says('push tomorrow by 30 minutes')
    const message = liv.last()
    await liv.presses('Move 2 events')
    await liv.shows(message, /2 done/)
    expect(await toldTo('moe', /liv changed/)).toEqual(['planning', 'sizing'])
    expect((await moe.says('what did I miss')).words).toMatch(/Changed by others .*planning: moved from .*9:00 AM to .*9:30 AM by liv/)
    await liv.presses('Undo all', message)
    await liv.shows(message, /2 put back/)
    expect(await toldTo('moe', /liv changed/)).toEqual(['planning', 'planning', 'sizing', 'sizing'])
    await liv.says('cancel everything tomorrow')
    await liv.says('yes')
    await liv.shows(liv.last(), /2 done/)
    expect(await toldTo('moe', /liv called off/)).toEqual(['planning', 'sizing'])
  })

  it('say which of them would overlap then, and did not before', async () => {
    const dee = person('dee')
    for (const [title, from, to] of [
      ['sketch', '9:00', '10:00'],
      ['paint', '9:30', '10:30'],
      ['frame', '14:00', '15:00'],
    ])
      await dee.says(`${title} tomorrow from ${from} to ${to}`)
    expect((await dee.says('push tomorrow by 30 minutes')).words).not.toContain('overlap')
    expect((await dee.says('move everything tomorrow to 15:00')).words).toMatch(/2 would overlap, first sketch and frame/)
  })

  it('leave alone what somebody changed between the preview and its button, and say so', async () => {
    const bob = person('bob')
    for (const hour of [9, 10, 11]) await bob.says(`call ${hour} tomorrow at ${hour}:00`)
    await bob.says('cancel everything tomorrow')
    const message = bob.last()
    await station.database.event.updateMany({ where: { title: 'call 10' }, data: { version: 2 } })
    await bob.presses('Cancel 3 events', message)
    const end = await bob.shows(message, /2 done, 1 failed/)
    expect(end.words).toMatch(/call 10.*It has changed meanwhile/)
    expect(await wallsOf('call 10')).toEqual(['10:00'])
    expect(await wallsOf('call 9')).toEqual([])
  })

  it('are left as they are when nobody confirms', async () => {
    const cid = person('cid')
    await cid.says('remind me tomorrow at 9 to stretch')
    await cid.says('remind me every day at 10 starting tomorrow to drink')
    await cid.says('remind me next month to pay')
    const preview = await cid.says('cancel all my reminders for tomorrow')
    expect(preview.words).toContain('Cancel 2 reminders')
    expect(preview.words).toContain('One repeats: only this time is left out.')
    expect((await cid.presses('Leave it')).words).toBe('Nothing was changed.')
    expect(await station.database.reminder.count({ where: { state: 'scheduled', text: { in: ['stretch', 'drink', 'pay'] } } })).toBe(3)
    await cid.says('cancel all my reminders for tomorrow')
    const message = cid.last()
    await cid.presses(/Cancel 2/)
    await cid.shows(message, /2 done/)
    const left = await station.database.reminder.findMany({ where: { state: 'scheduled', text: { in: ['stretch', 'drink', 'pay'] } } })
    expect(left.map(({ text }) => text).toSorted()).toEqual(['drink', 'pay'])
  })

  it('of a day of the week are those of one week or of every week, as their person says', async () => {
    const nia = person('nia')
    await nia.says('touchpoint every Friday at 9:00')
    await nia.says('huddle every weekday at 8:00 for 3 weeks')
    await nia.says('demo on Friday at 11:00')
    const asked = await nia.says('move all my Friday meetings to 10')
    expect(asked.words).toMatch(/the coming Friday alone, or every Friday\?/)
    expect(asked.buttons).toEqual([expect.stringMatching(/^Only on Fri, .*\(3\)$/), expect.stringMatching(/^Every Friday \([56]\)$/)])
    const question = nia.last()
    expect((await nia.presses(/^Only/, question)).words).toMatch(/Move 3 events on Fri/)
    expect((await nia.presses(/^Leave/, question)).words).toBe('Nothing was changed.')

    await nia.says('move all my Friday meetings to 10')
    const message = nia.last()
    expect((await nia.presses(/^Every/, message)).words).toMatch(/Move [56] events on every Friday\?/)
    await nia.presses(/^Move/, message)
    await nia.shows(message, /[56] done/)
    expect([await wallsOf('touchpoint'), await wallsOf('demo'), await wallsOf('huddle')]).toEqual([['10:00'], ['10:00'], ['08:00']])
    const fridays = await station.database.eventOverride.findMany({ where: { event: { title: 'huddle' } } })
    expect(fridays.map(({ startWall }) => `${startWall?.getUTCDay()} ${startWall?.getUTCHours()}`)).toEqual(fridays.map(() => '5 10'))
    expect(fridays.length).toBeGreaterThanOrEqual(3)
    await nia.presses('Undo all', message)
    await nia.shows(message, /[56] put back/)
    expect(await wallsOf('touchpoint')).toEqual(['09:00'])

    expect((await nia.says('cancel all my meetings on Fridays')).words).toMatch(/Cancel [56] events on every Friday\?/)
    await nia.presses('Leave it')
    await nia.says('lone call on Thursday at 14:00')
    expect((await nia.says('cancel all my Thursday calls')).words).toMatch(/Cancel 1 event on Thu/)
  })

  it('are reminders that rest, come back, move and are done, each time as a whole', async () => {
    const kit = person('kit')
    await kit.says('remind me tomorrow at 9 to stretch')
    await kit.says('remind me every day at 10 starting tomorrow to drink')
    await kit.says('remind me in 3 weeks at 8 to pay')
    const rows = async () => {
      const all = await station.database.reminder.findMany({
        where: { text: { in: ['stretch', 'drink', 'pay'] }, origin: { path: ['channel'], equals: 'direct:kit' } },
      })
      return all.map(({ text, state, dueAt }) => `${text} ${state} ${dueAt ? dueAt.toISOString().slice(5, 16) : '-'}`).toSorted()
    }
    const before = await rows()
    const day = (days: number) => Temporal.Now.zonedDateTimeISO('Europe/Berlin').add({ days }).toPlainDate()
    const at = (days: number, time: string) =>
      day(days).toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: time }).toInstant().toString().slice(5, 16)
    const does = async (text: string, preview: RegExp, button: RegExp, end: RegExp) => {
      expect((await kit.says(text)).words).toMatch(preview)
      const message = kit.last()
      await kit.presses(button)
      await kit.shows(message, end)
    }

    await does('pause all my reminders', /Pause 3 reminders until you resume them\?/, /Pause 3/, /3 done/)
    expect(await rows()).toEqual(['drink paused -', 'pay paused -', 'stretch paused -'])
    await does('resume all my reminders', /Resume 3 reminders/, /Resume 3/, /3 done/)
    expect(await rows()).toEqual(before)

    await does('pause all my reminders for 3 days', /Pause 2 reminders until/, /Pause 2/, /2 done/)
    expect(await rows()).not.toContain(before.find((row) => row.startsWith('drink')))
    expect(await rows()).toContain(before.find((row) => row.startsWith('pay')))
    await kit.says('undo')
    await kit.shows(kit.last(), /2 put back/)
    expect(await rows()).toEqual(before)

    await does(
      'move all my reminders of tomorrow to Friday in a week',
      /1 of them comes then anyway, and stays/,
      /Move 1 reminder/,
      /1 done/,
    )
    expect((await rows()).find((row) => row.startsWith('stretch'))).toMatch(/08:00$/)
    await kit.says('undo')
    await kit.shows(kit.last(), /1 put back/)

    await does('push all my reminders of tomorrow by an hour', /One repeats: only this time is moved/, /Move 2/, /2 done/)
    expect(await rows()).toContain(`stretch scheduled ${at(1, '10:00')}`)
    expect(await rows()).toContain(`drink scheduled ${at(1, '11:00')}`)
    await kit.says('undo')
    await kit.shows(kit.last(), /2 put back/)

    await station.database.reminder.updateMany({ where: { text: 'stretch' }, data: { state: 'delivered', dueAt: null } })
    await does('mark all my reminders as done', /Tick off 1 reminder\?.*stretch/, /Tick off 1/, /1 done/)
    expect((await rows()).find((row) => row.startsWith('stretch'))).toBe('stretch done -')
    expect((await kit.says('resume all my reminders')).words).toMatch(/I know no reminder of yours/)
  })

  it('are put off until a moment: what rang, and what would ring before', async () => {
    const lou = person('lou')
    await lou.says('remind me tomorrow at 9 to read')
    await lou.says('remind me every hour to breathe')
    await lou.says('remind me in 3 weeks at 8 to travel')
    await station.database.reminder.updateMany({ where: { text: 'read' }, data: { state: 'delivered', dueAt: null } })
    expect((await lou.says('snooze everything until tomorrow at 5pm')).words).toMatch(/Snooze 2 reminders until .*5:00 PM\?.*breathe/)
    const message = lou.last()
    await lou.presses(/Snooze 2/)
    await lou.shows(message, /2 done/)
    const zone = 'Europe/Berlin'
    const five = Temporal.Now.zonedDateTimeISO(zone).add({ days: 1 }).toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: '17:00' })
    const rows = await station.database.reminder.findMany({ where: { text: { in: ['read', 'breathe'] } }, orderBy: { dueAt: 'asc' } })
    expect(rows.map(({ text, rrule, dueAt }) => [text, rrule === null, (dueAt?.getTime() ?? 0) - five.epochMilliseconds <= 0])).toEqual(
      expect.arrayContaining([
        ['read', true, true],
        ['breathe', true, true],
        ['breathe', false, false],
      ]),
    )
    await lou.says('undo')
    await lou.shows(lou.last(), /2 put back/)
    expect(await station.database.reminder.count({ where: { text: 'breathe', state: 'scheduled' } })).toBe(1)
  })

  it('are todos that are done or due on another day', async () => {
    const max = person('max')
    for (const text of ['sweep tomorrow', 'wash', 'iron']) await max.says(`todo ${text}`)
    await max.says('mark all my todos done')
    let message = max.last()
    expect(answerIn(message?.reply ?? { tone: 'tell', visibility: 'place', blocks: [] }).words).toMatch(/Tick off 3 todos\?/)
    await max.presses(/Tick off 3/)
    await max.shows(message, /3 done/)
    expect(await station.database.todo.count({ where: { text: { in: ['sweep', 'wash', 'iron'] }, state: 'done' } })).toBe(3)
    await max.says('undo')
    await max.shows(max.last(), /3 put back/)
    await max.says('postpone all my todos to January 8')
    message = max.last()
    await max.presses(/Move 3/)
    await max.shows(message, /3 done/)
    const due = await station.database.todo.findMany({ where: { text: { in: ['sweep', 'wash', 'iron'] }, state: 'open' } })
    expect(due.map(({ dueAt }) => dueAt?.toISOString().slice(5, 16))).toEqual(['01-08T08:00', '01-08T08:00', '01-08T08:00'])
    expect((await max.says('move the iron todo to January 9')).words).toMatch(/Changed: iron, due .*Jan 9/)
  })

  it('are what stands on one list, or is done, and nothing else', async () => {
    const pia = person('pia')
    await pia.says('add leeks, kale and peas to my market list')
    await pia.says('todo mow')
    await pia.says('done with kale')
    await pia.says('move everything from my market list to the garden list')
    let message = pia.last()
    await pia.presses(/Move 2/)
    await pia.shows(message, /2 done/)
    expect((await pia.says('show my garden list')).words).toMatch(/leeks.*peas/)
    await pia.says('complete everything on my garden list')
    message = pia.last()
    await pia.presses(/Tick off 2/)
    await pia.shows(message, /2 done/)
    expect((await pia.says('list my todos')).words).toMatch(/^Your todos \| 1\. mow$/)
    await pia.says('delete all done todos')
    message = pia.last()
    await pia.presses(/Delete 3/)
    await pia.shows(message, /3 done/)
    expect((await pia.says('show done todos')).words).toMatch(/Nothing is done yet/)
    expect((await pia.says('clear my attic list')).words).toMatch(/I know no list “attic” of yours\. You have “garden”/)
  })

  it('are made of the lines of a message, and what cannot be made is told with its reason', async () => {
    const dan = person('dan')
    const questions = await station.database.question.count()
    const preview = await dan.says('- todo: buy tea\n- remind me tomorrow at 9 to call Zoe\n- remind me yesterday at 9 to travel back')
    expect(preview.words).toContain('Make 3 things')
    expect(preview.words).toMatch(/call Zoe.*9:00 AM/)
    expect(preview.words).toMatch(/Not as it is, line 3: .*already over/)
    // Nothing is asked about the lines themselves: the one question is whether they are to be made.
    expect(await station.database.question.count()).toBe(questions + 1)
    const message = dan.last()
    await dan.presses('Make 3 things')
    expect((await dan.shows(message, /2 done, 1 failed/)).words).toContain('already over')
    expect(await station.database.todo.count({ where: { text: 'buy tea' } })).toBe(1)
    await dan.says('undo')
    await dan.shows(dan.last(), /Undone: Make 3 things: 2 put back/)
    expect(await station.database.todo.count({ where: { text: 'buy tea', state: 'open' } })).toBe(0)
  })

  it('rename series as a whole, and cut them off from now on', async () => {
    const eve = person('eve')
    await eve.says('standup every weekday at 9:00')
    await eve.says('standup retro tomorrow at 15:00')
    await eve.says('rename all standups to weekly')
    expect((await eve.says('no, leave it')).words).toBe('Nothing was changed.')
    await eve.says('rename all standups to daily')
    // In words it is shown in the answer to them, where a press shows it in the message with the button.
    await eve.says('yes, do it')
    let message = eve.last()
    await eve.shows(message, /2 done/)
    expect(await station.database.event.count({ where: { title: 'daily', status: 'confirmed' } })).toBe(2)
    await eve.says('undo')
    expect(await station.database.event.count({ where: { title: 'daily', status: 'confirmed' } })).toBe(0)
    await eve.says('rename all standups to daily')
    message = eve.last()
    await eve.presses(/Rename 2 events/)
    const preview = await eve.says('cancel all dailies')
    expect(preview.words).toContain('Cancel 2 events')
    message = eve.last()
    await eve.presses(/Cancel 2 events/)
    await eve.shows(message, /2 done/)
    expect((await eve.says('what is on next week')).words).not.toContain('daily')
  })

  it('move by the occurrence, all of one series in one batch, each once', async () => {
    const fay = person('fay')
    await fay.says('sync every day at 9:00')
    expect((await fay.says('move everything next week to 9:00')).words).toContain('I know no event of yours')
    await fay.says('move everything next week to 10:00')
    const message = fay.last()
    // Something else of the series changes meanwhile, which concerns none of these.
    await station.database.event.updateMany({ where: { title: 'sync' }, data: { version: 2 } })
    await fay.presses(/Move \d+ events/)
    await fay.shows(message, /\d done\.$/)
    const series = await station.database.event.findFirstOrThrow({ where: { title: 'sync' }, include: { overrides: true } })
    const moved = series.overrides.map(({ recurrenceId, startWall }) => (startWall?.getTime() ?? 0) - recurrenceId.getTime())
    expect([moved.length, new Set(moved)]).toEqual([7, new Set([3_600_000])])
    expect(series.version).toBe(9)
    await fay.presses('Undo all', message)
    await fay.shows(message, /Undone.*7 put back/)
    expect(await station.database.eventOverride.count({ where: { eventId: series.id } })).toBe(0)
  })

  it('are more than one part holds, shown as one, with progress, and nobody else’s to start', async () => {
    const gil = person('gil')
    const lines = Array.from({ length: 120 }, (_, index) => `todo: page ${index}`)
    await gil.says(lines.join('\n'))
    const message = gil.last() as MemoryMessage
    const stranger = person('hal')
    await stranger.presses('Make 120 things', message)
    expect(answerIn(stranger.last()?.reply ?? message.reply).words).toContain('I know nothing of that')
    await gil.presses('Make 120 things', message)
    const row = await station.database.batch.findFirstOrThrow({ where: { total: 120 } })
    await over(station, row.id)
    await gil.shows(message, /120 done/)
    expect(row.parts).toBe(4)
    expect(await station.database.todo.count({ where: { text: { startsWith: 'page ' } } })).toBe(120)
  })
})
