import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let space = 0
let ann: Somebody
let bob: Somebody

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  space += 1
  ann = somebody('Ann')
  bob = somebody('Bob Stone')
  await bob.says('help')
})

function somebody(name: string): Somebody {
  return world.person(`U${name.replace(/\W/g, '')}`, { name, space: `T${space}`, timeZone: 'America/New_York' })
}

describe('a group', () => {
  it('is made of people by name, mention and "me", listed, changed, and undone', async () => {
    expect((await ann.says('create a group crew with Bob, <@U77> and me')).words).toMatch(/The group crew is Bob Stone, U77 and you/)
    expect((await bob.says('who is in crew?')).words).toMatch(/In crew: you, U77 and Ann/)
    await somebody('Kim').says('help')
    const added = await bob.says('add Kim to crew')
    expect(added.words).toMatch(/In crew now: .*Kim/)
    expect((await ann.says('remove <@U77> from crew')).words).not.toContain('U77')
    expect((await ann.says('list my groups')).words).toMatch(/crew .*Bob Stone.*Kim/)
    expect((await ann.says('undo')).words).toMatch(/Undone: group changed, crew/)
    expect((await ann.says('who is in crew')).words).toContain('U77')
  })

  it('is called something that nothing else is called', async () => {
    await ann.says('create a group crew with Bob')
    expect((await bob.says('create a group Crew with me')).words).toMatch(/There is a group crew already/)
    expect((await bob.says('create a group everyone with me')).words).toMatch(/already means something/)
    expect((await ann.says('rename the group crew to night shift')).words).toMatch(/crew is called night shift now/)
    expect((await ann.says('who is in night shift')).words).toMatch(/Bob Stone/)
  })

  it('is deleted by who made it, and changed by those in it', async () => {
    await ann.says('create a group crew with Bob')
    expect((await bob.says('delete the group crew')).words).toMatch(/Only the person who made a group/)
    const eve = somebody('Eve')
    expect((await eve.says('add <@U5> to crew')).words).toMatch(/Only its members/)
    expect((await ann.says('delete the group crew')).words).toMatch(/Deleted the group crew/)
    expect((await ann.says('who is in crew')).words).toMatch(/I know no group “crew”/)
  })

  it('is of its own space alone', async () => {
    await ann.says('create a group crew with Bob')
    const stranger = world.person('Zoe', { space: 'elsewhere' })
    expect((await stranger.says('who is in crew')).words).toMatch(/I know no group/)
    expect((await stranger.says('list groups')).words).toMatch(/no groups yet/)
    expect((await stranger.says('remind crew to paint tomorrow at 9')).words).not.toMatch(/Bob/)
  })

  it('is reminded one by one', async () => {
    await ann.says('create a group crew with Bob and me')
    const { words, outcome } = await ann.says('remind crew to paint tomorrow at 9')
    expect(words).toMatch(/I will remind Bob Stone and you/)
    expect(outcome).toBe('done')
    const [row] = await world.database.reminder.findMany({ where: { text: 'paint' }, orderBy: { createdAt: 'desc' } })
    expect(row?.recipients).toEqual([
      { kind: 'direct', user: 'UBobStone' },
      { kind: 'direct', user: 'UAnn' },
    ])
  })
})

describe('a name', () => {
  it('that several have is asked about, and the sentence goes on with the one who is chosen', async () => {
    await somebody('Bob Wood').says('help')
    const asked = await ann.says('create a group crew with Bob and me')
    expect(asked.outcome).toBe('asked')
    expect(asked.buttons).toEqual(['Bob Stone', 'Bob Wood'])
    expect((await bob.presses(asked.button('Bob Wood'))).words).toMatch(/I asked somebody else/)
    expect((await ann.presses(asked.button('Bob Wood'))).words).toMatch(/The group crew is Bob Wood and you/)
    expect((await ann.presses(asked.button('Bob Stone'))).words).toMatch(/answered already/)
  })

  it('is known without case and accents, and by its beginning', async () => {
    await somebody('Zoë Ångström').says('help')
    expect((await ann.says('create a group crew with Zoe angs')).words).toMatch(/Zoë Ångström/)
  })

  it('that nobody has is said, with the way to say it', async () => {
    const { outcome, words } = await ann.says('create a group crew with Nadia')
    expect(outcome).toBe('refused')
    expect(words).toMatch(/I do not know who “Nadia” is: type @/)
  })
})
