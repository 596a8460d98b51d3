import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventForm } from '#bots/slack/event-form.ts'
import { viewOf } from '#bots/slack/home.ts'
import type { Incoming } from '#core/message.ts'
import type { Deliver } from '#core/ports.ts'
import { type Block, say, strong } from '#core/reply.ts'
import { reply } from '../contracts/bot.ts'
import { checkBlocks } from '../fakes/slack/blocks.ts'
import type { FakeSlack } from '../fakes/slack/index.ts'
import { openSlackStage, type SlackStage } from './stage.ts'

let stage: SlackStage
let fake: FakeSlack
let running: AsyncDisposable
let heard: Incoming[]
let todos: string[]
let answer: Deliver

const isOverview = (message: Incoming) => message.kind === 'sentence' && message.asks?.kind === 'overview'
const tick = (label: string) => ({ label, token: `tick.${label}.B.C.D` })
const overview = (): readonly Block[] => [
  { kind: 'text', text: [strong('Your todos')] },
  { kind: 'list', items: todos.map((text) => ({ text: [text] })) },
  { kind: 'menu', placeholder: 'Tick one off…', options: todos.map(tick) },
  { kind: 'text', text: [strong('Your settings')] },
  { kind: 'buttons', buttons: [{ label: 'Change…', token: 'change.A.B.C.D' }] },
]

beforeEach(async () => {
  heard = []
  todos = ['milk', 'rent']
  answer = async (message) => {
    if (isOverview(message)) return reply([], { blocks: overview() })
    if (message.kind !== 'press') return reply(['answered'])
    todos = todos.filter((todo) => !message.token.includes(todo))
    return reply(['done'], { tone: 'done', replaces: true })
  }
  stage = await openSlackStage()
  fake = stage.fake
  running = await stage.bot.start((message) => {
    heard.push(message)
    return answer(message)
  })
})
afterEach(async () => {
  await running[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

const home = () => fake.home(stage.ann)
const calls = (method: string) => fake.journal.of('request').filter(({ detail }) => detail.method === method)
const published = (times: number) => stage.until(() => fake.journal.of('view').filter(({ detail }) => detail.home).length === times)
const opened = () => stage.until(() => fake.views.top(stage.ann) !== undefined)

describe('the home', () => {
  it('holds what its person has, under headings, and says nothing in the messages', async () => {
    await fake.people.openHome(stage.ann)
    await published(1)
    expect(home()).toEqual({ words: 'Your todos\n•  milk\n•  rent\nYour settings', buttons: ['New event', 'milk', 'rent', 'Change…'] })
    expect(fake.views.home(stage.ann)?.blocks).toContainEqual(expect.objectContaining({ type: 'header' }))
    expect(heard).toMatchObject([{ asks: { kind: 'overview' }, private: true, place: { kind: 'direct', space: stage.space } }])
    await stage.settled()
    expect(fake.shown()).toEqual([])
  })

  it('is left alone when its person comes to the messages', async () => {
    await fake.people.openHome(stage.ann, 'messages')
    await stage.settled()
    expect([heard, home()]).toEqual([[], undefined])
  })

  it('is the same after an event that comes twice', async () => {
    await fake.people.openHome(stage.ann)
    await published(1)
    const before = home()
    await fake.people.redeliver()
    await stage.settled()
    expect(calls('views.publish')).toHaveLength(1)
    expect(home()).toEqual(before)
  })

  it('answers a press on top, shows what it changed, and forgets the answer when it is opened again', async () => {
    await fake.people.openHome(stage.ann)
    await published(1)
    await fake.people.pressInHome(stage.ann, 'milk')
    await published(2)
    expect(home()?.words).toBe(':white_check_mark: done\nYour todos\n•  rent\nYour settings')
    expect(heard[1]).toMatchObject({ kind: 'press', private: true, place: { kind: 'direct', channel: heard[0]?.place.channel } })
    await fake.people.openHome(stage.ann)
    await published(3)
    expect(home()?.words).toBe('Your todos\n•  rent\nYour settings')
    expect(fake.shown()).toEqual([])
  })

  it('keeps the later look when two presses overlap', async () => {
    fake.journal.announce('hash_conflict')
    await fake.people.openHome(stage.ann)
    await published(1)
    await Promise.all([fake.people.pressInHome(stage.ann, 'milk'), fake.people.pressInHome(stage.ann, 'rent')])
    await published(3)
    await stage.settled()
    expect(home()?.words).not.toMatch(/milk|rent/)
  })

  it('is published by the next process when the first died over it', async () => {
    await running[Symbol.asyncDispose]()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    // The dead look after nothing.
    running = await stage.another({ inbox: { ...stage.inbox, abandoned: async () => [] } }).start(() => {
      begin()
      return new Promise(() => undefined)
    })
    await fake.people.openHome(stage.ann)
    await begun
    stage.inbox.processDied()
    await using second = await stage.another().start(answer)
    expect(second).toBeDefined()
    await published(1)
    expect(home()?.words).toContain('milk')
  })

  it('takes what is typed into a form that was opened in it', async () => {
    const form = { title: 'Change', label: 'To what?', placeholder: '9 to 5', submit: 'Change', token: 'changed.A.B.C.D' }
    const before = answer
    answer = async (message) => {
      if (message.kind !== 'press') return before(message)
      if (message.text === undefined) return reply(['say to what'], { form })
      return message.text === '9 to 5' ? reply(['changed'], { tone: 'done' }) : reply(['no hours'], { tone: 'problem' })
    }
    await fake.people.openHome(stage.ann)
    await published(1)
    await fake.people.pressInHome(stage.ann, 'Change…')
    await opened()
    expect(await fake.people.fillIn(stage.ann, { line: 'banana' })).toMatchObject({ payload: { errors: { line: 'no hours' } } })
    await fake.people.fillIn(stage.ann, { line: '9 to 5' })
    await published(2)
    expect(home()?.words).toContain('changed\nYour todos')
    expect(fake.shown()).toEqual([])
  })

  it('says so when it could not be read', async () => {
    answer = async () => {
      throw new Error('no database')
    }
    await fake.people.openHome(stage.ann)
    await published(1)
    expect(home()?.words).toContain('Something went wrong')
  })

  it('fits into what Slack takes, however much there is', () => {
    const long = 'x'.repeat(400)
    const many = <Of>(one: Of) => Array.from({ length: 120 }, () => one)
    const part = [
      { kind: 'text' as const, text: [strong(long)] },
      { kind: 'list' as const, items: many({ text: [long], detail: ['*'] }) },
      { kind: 'menu' as const, placeholder: long, options: many({ label: long, token: 'a.b.c.d.e' }) },
      ...many({ kind: 'aside' as const, text: say`${long}` }),
    ]
    const full = reply([], { blocks: [part, part, part, part, part].flat() })
    const { blocks } = viewOf({ answer: full, overview: full }, 'D1')
    expect(checkBlocks(JSON.parse(JSON.stringify(blocks)), 100, 250_000)).toMatchObject({ ok: true })
  })
})

describe('the form for a new event', () => {
  const filled = { title: 'Budget review', day: '2026-11-27', start: '12:30', length: '45 minutes', place: 'Room 5', people: ['U0BOB'] }
  const event = { title: 'Budget review', day: '2026-11-27', start: '12:30', minutes: 45, place: 'Room 5', people: ['U0BOB'] }

  async function shortcut() {
    await fake.people.globalShortcut(stage.ann, 'new_event')
    await opened()
  }

  it('is opened from anywhere, and answered in the direct messages of whoever sends it', async () => {
    await shortcut()
    await fake.people.fillIn(stage.ann, filled)
    expect(await stage.next()).toMatchObject({ words: 'answered', private: false, channel: fake.workspace.directWith(stage.ann).id })
    const place = { channel: fake.workspace.directWith(stage.ann).id, kind: 'direct', space: stage.space }
    expect(heard).toMatchObject([{ asks: { kind: 'event', event }, place, mentioned: [{ id: 'U0BOB', name: 'Bob Example' }] }])
    expect(fake.views.top(stage.ann)).toBeUndefined()
  })

  it.each([
    ['2026-11-23T14:20:00Z', 'America/New_York', '2026-11-23', '10:00'],
    ['2026-11-23T15:00:00Z', 'America/New_York', '2026-11-23', '10:00'],
    ['2026-11-23T22:30:00Z', 'Europe/Berlin', '2026-11-24', '00:00'],
    ['2026-11-23T14:20:00Z', 'Asia/Kolkata', '2026-11-23', '20:00'],
  ])('opened at %s begins in %s on %s at %s', (at, timeZone, day, start) => {
    const opening = { team: 'T1', user: 'U1', trigger: '1.2.x', at: Temporal.Instant.from(at), home: false }
    const { blocks } = eventForm(opening, 'D1', timeZone)
    expect(blocks.map(({ element }) => element)).toEqual(
      expect.arrayContaining([expect.objectContaining({ initial_date: day }), expect.objectContaining({ initial_time: start })]),
    )
  })

  it('lasts an hour, with nobody and nowhere, unless somebody says otherwise', async () => {
    await shortcut()
    await fake.people.fillIn(stage.ann, { title: 'Lunch' })
    await stage.next()
    expect(heard).toMatchObject([{ asks: { event: { title: 'Lunch', minutes: 60, place: '', people: [] } } }])
  })

  it.each([
    ['title', 'title'],
    ['day', 'day'],
    ['length', 'length'],
    ['people', 'people'],
    [undefined, 'title'],
  ] as const)('says what is wrong with its %s beside the line %s, and stays', async (about, line) => {
    answer = async () => reply(['not like this'], { tone: 'problem', ...(about && { about }) })
    await shortcut()
    const all = { ...filled, length: 'All day' }
    expect(await fake.people.fillIn(stage.ann, all)).toMatchObject({
      payload: { response_action: 'errors', errors: { [line]: 'not like this' } },
    })
    expect(heard).toMatchObject([{ asks: { event: { minutes: null } } }])
    expect(fake.views.top(stage.ann)).toBeDefined()
    await stage.settled()
    expect(fake.shown()).toEqual([])
  })

  it('opens from the home as well, which then shows what came of it', async () => {
    await fake.people.openHome(stage.ann)
    await published(1)
    await fake.people.pressInHome(stage.ann, 'New event')
    await opened()
    await fake.people.fillIn(stage.ann, filled)
    await published(2)
    expect(home()?.words).toMatch(/^answered\nYour todos/)
    await stage.settled()
    expect(fake.shown()).toEqual([])
  })

  it('that did not open in time is said in the direct messages', async () => {
    fake.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' })
    await fake.people.globalShortcut(stage.ann, 'new_event')
    expect(await stage.next()).toMatchObject({ words: expect.stringContaining('Choose “New event” again') })
  })
})
