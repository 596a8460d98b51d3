import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

let world: World

beforeAll(async () => {
  // The platform says that Ann manages the space, and of one it says nothing.
  world = await openWorld(undefined, {
    reach: {
      obstacle: async () => undefined,
      belongs: async () => false,
      manages: async (_, user) => (user === 'blind' ? undefined : user === 'ann'),
      roleNamed: async () => undefined,
    },
  })
})
afterAll(() => world[Symbol.asyncDispose]())

async function linkOf(title: string): Promise<string | undefined> {
  return (await world.database.event.findFirst({ where: { title: { startsWith: title } } }))?.meetingLink
}

it('a call is at the link of whoever plans it, else at that of everybody, else in a new room, which is said', async () => {
  const ann = world.person('ann', { timeZone: 'America/New_York' })
  const bob = world.person('bob', { timeZone: 'America/New_York' })
  expect((await ann.says('alpha zoom meeting tomorrow at 1pm')).words).toMatch(/I know no Zoom link of yours.*my zoom link is/)
  expect(await linkOf('alpha')).toMatch(/^https:\/\/meet\.jit\.si\/DuckTape-/)
  const set = await ann.says('my zoom link is https://zoom.us/j/4711?pwd=secret')
  expect(set.words).toMatch(/A Zoom meeting is at your link from now on/)
  expect((await ann.says('beta zoom meeting tomorrow at 2pm')).words).not.toMatch(/Jitsi/)
  expect(await linkOf('beta')).toBe('https://zoom.us/j/4711?pwd=secret')
  expect((await ann.says('settings')).words).toMatch(/Your calls: Zoom/)

  // The host tells of which service it is, and those who have none of their own share it.
  await ann.says('our meeting link is https://meet.google.com/abc-defg-hij')
  await bob.says('gamma google meet call tomorrow at 3pm')
  expect(await linkOf('gamma')).toBe('https://meet.google.com/abc-defg-hij')
  await bob.says('delta video call tomorrow at 4pm')
  expect(await linkOf('delta')).toBe('https://meet.google.com/abc-defg-hij')

  await bob.says('my jitsi link is https://calls.example.org')
  await bob.says('epsilon jitsi call tomorrow at 5pm')
  expect(await linkOf('epsilon')).toMatch(/^https:\/\/calls\.example\.org\/DuckTape-/)

  await ann.says('forget my zoom link')
  expect((await ann.says('zeta zoom meeting on Friday at 2pm')).words).toMatch(/I know no Zoom link/)
  expect((await ann.presses(set.button('Undo'))).outcome).not.toBe('done')
})

it('everybody’s link is set by those who manage the space, and the others are told whom to ask', async () => {
  const says = (name: string, text: string) => world.person(name, { timeZone: 'America/New_York' }).says(text)
  const refused = await says('bob', 'our meeting link is https://meet.google.com/abc-defg-hij')
  expect([refused.outcome, refused.words]).toEqual([
    'refused',
    expect.stringMatching(/Only those who manage this place.*my meeting link is/),
  ])
  expect((await says('blind', 'our meeting link is https://meet.google.com/abc-defg-hij')).words).toMatch(/try again in a minute/)
  expect((await says('ann', 'our meeting link is https://meet.google.com/abc-defg-hij')).outcome).toBe('done')
  expect((await says('bob', 'forget our meeting link')).outcome).toBe('refused')
  expect((await says('bob', 'my zoom link is https://zoom.us/j/4711')).outcome).toBe('done')
})

it.each(['http://zoom.us/j/1', 'https://user:secret@zoom.us/j/1'])('takes no %s', async (url) => {
  const ann = world.person('ann', { timeZone: 'America/New_York' })
  expect((await ann.says(`my zoom link is ${url}`)).words).toMatch(/That is no address/)
})
