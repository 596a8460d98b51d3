import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryTranscripts } from '#bots/memory/transcripts.ts'
import { createWebBot } from '#bots/web/index.ts'
import { homeOfAccount, wordOf } from '#core/account.ts'
import { createSessions } from '#core/sessions.ts'
import { createTokens } from '#store/tokens.ts'
import { authenticated, createLogin } from '#web/authenticate.ts'
import { createPlanner } from '../../src/planner/planner.ts'
import { createReads } from '../../src/reads.ts'
import { type Answer, openWorld, type Somebody, secret, type World } from '../support/world.ts'
import { openHouse } from './support/house.ts'

const stack = new AsyncDisposableStack()
const clock = { now: () => world.now }
let world: World
let tokens: ReturnType<typeof createTokens>
let url: string

beforeAll(async () => {
  world = stack.use(await openWorld('2026-11-23T14:00:00Z'))
  const { stores, engine, broadcast, database } = world
  const sessions = createSessions(secret, clock)
  tokens = createTokens(database, { clock })
  const door = { host: '127.0.0.1', publicUrl: undefined, tokens, links: stores.pageLinks, sessions, clock }
  const transcripts = createMemoryTranscripts({ clock })
  const bot = createWebBot({ transcripts, broadcast, clock })
  stack.use(await bot.start(async (message) => (await engine.handle(message)).reply))
  const planner = createPlanner({ store: stores.store, clock, moment: engine.moment })
  const reads = createReads(stores.store)
  const house = { planner, reads, transcripts, broadcast, chat: bot.chat, authenticate: authenticated(door), login: createLogin(door) }
  url = stack.use(await openHouse(house)).url
})
afterAll(() => stack.disposeAsync())

type Who = { readonly cookie: string } | { readonly authorization: string }
const bearer = (token: string): Who => ({ authorization: `Bearer ${token}` })

/** The path of the link that an answer holds. */
function linkIn({ reply }: Answer): string {
  const links = reply?.blocks.flatMap((block) => (block.kind === 'text' ? block.text : [])) ?? []
  const link = links.find((span) => typeof span === 'object' && span.kind === 'link')
  if (typeof link !== 'object' || link.kind !== 'link') throw new Error('no link')
  return link.url.slice(new URL(link.url).origin.length)
}

const visit = (path: string, init: RequestInit = {}) => fetch(url + path, { redirect: 'manual', ...init })

async function signIn(path: string): Promise<Who> {
  const opened = await visit(path)
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/'])
  return { cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

async function titles(who: Who): Promise<string[]> {
  const response = await visit('/api/calendar/query?from=2026-11-23T00:00:00Z&to=2026-12-31T00:00:00Z', { headers: { ...who } })
  return ((await response.json()) as { events: { title: string }[] }).events.map(({ title }) => title)
}

async function says(text: string, who: Who): Promise<string> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...who }
  return (await visit('/api/commands', { method: 'POST', headers, body: JSON.stringify({ text, timeZone: 'Europe/Berlin' }) })).text()
}

describe('a link from a chat', () => {
  const ann = (): Somebody => world.person('U1', { name: 'Ann' })

  it('signs that very person in, who has the same calendar in both', async () => {
    await ann().says('lunch tomorrow at noon')
    const asked = await ann().says('open the page')
    expect(asked.reply).toMatchObject({ tone: 'tell', visibility: 'author' })
    const path = linkIn(asked)
    const here = await signIn(path)
    expect(await titles(here)).toEqual(['lunch'])
    await says('dinner on Friday at 7pm', here)
    expect((await ann().says('what is on this week')).words).toMatch(/lunch.*dinner/)
    // What they are reminded of on the page rings where they are.
    await says('remind me in 2 hours to stretch', here)
    const made = await world.database.reminder.findFirstOrThrow({ where: { text: 'stretch' } })
    expect(made).toMatchObject({ platform: 'slack', recipients: [{ kind: 'direct', user: 'U1' }] })
    // Nobody made a token: whoever sits at the machine still is whoever they were.
    expect(await titles({ cookie: '' })).toEqual([])
    const kept = await world.database.pageLink.findMany()
    expect(JSON.stringify(kept)).not.toContain(path.split('=')[1])
  })

  it('counts once, for minutes, and only the latest; who looks at it for a preview uses nothing up', async () => {
    const first = linkIn(await ann().says('web'))
    const second = linkIn(await ann().says('log me in'))
    expect((await visit(first)).status).toBe(401)
    expect((await visit(second, { method: 'HEAD' })).status).toBe(405)
    expect((await visit(second, { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } })).headers.get('set-cookie')).toBeNull()
    await signIn(second)
    expect((await visit(second)).status).toBe(401)

    const late = linkIn(await ann().says('log me in'))
    const before = world.now
    world.now = before.add({ minutes: 11 })
    expect((await visit(late)).status).toBe(401)
    world.now = before
  })

  it('is nobody else’s: in a channel of Discord each person presses for their own', async () => {
    const inGuild = (user: string) =>
      world.person(user, { platform: 'discord', space: 'G1', channel: 'C1', kind: 'channel', name: `name ${user}` })
    await inGuild('301').says('tasting tomorrow at 3pm')
    const shown = await inGuild('301').says('open the page')
    expect(JSON.stringify(shown.reply)).not.toContain('/login')
    const other = await inGuild('302').presses(shown.button('My link'))
    expect(other.reply?.visibility).toBe('author')
    expect(await titles(await signIn(linkIn(other)))).toEqual([])
    const own = await inGuild('301').presses(shown.button('My link'))
    expect(await titles(await signIn(linkIn(own)))).toEqual(['tasting'])
    expect((await inGuild('301').says('my calendar link')).words).toContain('direct messages')
  })
})

describe('a token with a person', () => {
  it('is theirs: two people have two calendars, and invite each other by name', async () => {
    const [ann, ben] = await Promise.all(
      ['Ann Lee', 'Ben'].map(async (name) => {
        const user = wordOf(name) ?? ''
        await world.stores.store.people.meet(homeOfAccount(user).place, { id: user, name })
        return bearer(await tokens.create(user, 'laptop', { person: name }))
      }),
    )
    if (!ann || !ben) throw new Error('nobody')
    await says('dentist on December 3 at 10am', ann)
    expect([await titles(ann), await titles(ben)]).toEqual([['dentist'], []])
    await says('breakfast with Ben on December 4 at 8am', ann)
    expect(await titles(ben)).toEqual([expect.stringMatching(/breakfast/i)])
    expect(await says('share my calendar with Ben', ann)).toContain('"read it"')
    expect(await titles(ben)).toHaveLength(2)
    expect(await says('lunch with Nobody Known tomorrow at noon', ben)).not.toContain('by the name of their token')
  })

  it.each([
    ['Ann Lee', 'ann-lee'],
    [' Örs ', 'örs'],
    ['123456789', undefined],
    ['slack/T1/U1', 'slack-t1-u1'],
    ['!?', undefined],
  ])('is for %j known as %j', (name, word) => {
    expect(wordOf(name)).toBe(word)
  })
})
