import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type Somebody, type World } from '../support/world.ts'

let world: World
let count = 0
let boss: Somebody
let ann: Somebody
let there: Somebody

beforeAll(async () => {
  // The platform says that those whose name begins with "boss" manage the space, and of "blind" it says nothing.
  world = await openWorld(undefined, {
    reach: {
      obstacle: async () => undefined,
      belongs: async () => false,
      manages: async (_, user) => (user.startsWith('blind') ? undefined : user.startsWith('boss')),
      roleNamed: async () => undefined,
    },
  })
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => {
  world.now = Temporal.Instant.from('2026-11-23T14:00:00Z')
  count += 1
  boss = somebody('boss')
  ann = somebody('ann')
  there = somebody('ann', { channel: 'C1', kind: 'channel' })
})

function somebody(name: string, where: Parameters<World['person']>[1] = {}): Somebody {
  return world.person(`${name}${count}`, { space: `T${count}`, timeZone: 'America/New_York', name: `${name}${count}`, ...where })
}

describe('who may remind many', () => {
  it('is set by those who manage the space, shown in the settings, and refused to the others with the reason', async () => {
    expect((await ann.says('only admins may remind channels')).words).toMatch(/Only those who manage this place set/)
    expect((await ann.says('remind <#C1> tomorrow at 9 to vote')).outcome).toBe('done')
    expect((await boss.says('only admins may remind channels')).words).toMatch(/Only those who manage this place may remind channels/)
    const refused = await ann.says('remind <#C1> tomorrow at 9 to vote')
    expect([refused.outcome, refused.words]).toEqual([
      'refused',
      expect.stringMatching(/Only those who manage this place may remind channels/),
    ])
    expect((await ann.says('post the agenda in <#C1> every morning')).outcome).toBe('refused')
    expect((await boss.says('remind <#C1> tomorrow at 9 to vote')).outcome).toBe('done')
    expect((await ann.says('remind me tomorrow at 9 to vote')).outcome).toBe('done')
    expect((await ann.says('show my settings')).words).toContain('Only those who manage this place may remind channels')
    expect((await boss.says('only admins may remind channels')).words).toMatch(/so already/)
    expect((await boss.says('undo')).outcome).toBe('done')
    expect((await boss.says('everybody may remind channels')).words).toMatch(/Everybody may remind channels/)
    expect((await ann.says('remind <#C1> tomorrow at 9 to vote')).outcome).toBe('done')
  })

  it('may be a group, for everyone in a channel alone', async () => {
    await ann.says('hello')
    await boss.says(`create a group ops${count} with <@ann${count}>`)
    expect((await boss.says(`only members of @ops${count} may remind everyone`)).words).toMatch(
      /Only the group ops\d+, and those who manage/,
    )
    const ben = somebody('ben', { channel: 'C1', kind: 'channel' })
    expect((await ben.says('remind everyone tomorrow at 9 to vote')).words).toMatch(/Only the group ops/)
    expect((await ben.says('remind <#C1> tomorrow at 9 to vote')).outcome).toBe('done')
    expect((await there.says('remind everyone tomorrow at 9 to vote')).words).toMatch(/I will remind/)
    expect((await boss.says('only members of @nobodies may remind everyone')).words).toMatch(/no group or role/)
  })

  it('stays as it is while nobody can say who manages the space', async () => {
    expect((await somebody('blind').says('only admins may remind channels')).words).toMatch(/cannot see now/)
  })
})

describe('who may remind a person', () => {
  it.each(['nobody may remind me except @eve', 'only eve may remind me', 'only members of @eve may remind me'])('%j', async (sentence) => {
    const [ben, eve] = [somebody('ben'), somebody('eve')]
    await Promise.all([ben.says('hello'), eve.says('hello')])
    expect((await ann.says(sentence.replace('eve', `eve${count}`))).words).toMatch(/Only eve\d+ may remind you/)
    expect((await ben.says(`remind <@ann${count}> tomorrow at 9 to vote`)).words).toMatch(/takes no reminders from you/)
    expect((await eve.says(`remind <@ann${count}> tomorrow at 9 to vote`)).outcome).toBe('done')
    expect((await ann.says('show my settings')).words).toMatch(/Nobody but you and somebody reminds you/)
    await ann.says(`let ben${count} remind me`)
    expect((await ben.says(`remind <@ann${count}> tomorrow at 10 to vote`)).outcome).toBe('done')
    await ann.says(`don't let eve${count} remind me`)
    expect((await eve.says(`remind <@ann${count}> tomorrow at 10 to vote`)).outcome).toBe('refused')
  })

  it('is a group as it is when it counts: when a reminder is made, and again when it rings', async () => {
    const ben = somebody('ben')
    await Promise.all([ann.says('hello'), ben.says('hello')])
    await boss.says(`create a group crew${count} with <@boss${count}>`)
    expect((await ann.says(`only members of @crew${count} may remind me`)).words).toMatch(/Only those in crew\d+ may remind you/)
    expect((await ann.says('show my settings')).words).toMatch(/Nobody but you and those in crew\d+ reminds you/)
    const asks = () => ben.says(`remind <@ann${count}> tomorrow at 9 to vote`)
    expect((await asks()).words).toMatch(/takes no reminders from you/)
    await boss.says(`add <@ben${count}> to the group crew${count}`)
    expect((await asks()).outcome).toBe('done')
    const made = await world.database.reminder.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
    const refusing = async () => (await world.stores.deliveries.load(made.spaceId, made.id))?.refusing
    expect(await refusing()).toEqual([])
    await boss.says(`remove <@ben${count}> from the group crew${count}`)
    expect(await refusing()).toEqual([`ann${count}`])
    expect((await ann.says(`don't let crew${count} remind me`)).outcome).toBe('done')
    expect((await boss.says(`remind <@ann${count}> tomorrow at 10 to vote`)).outcome).toBe('refused')
  })
})

describe('listening in channels', () => {
  it.each([
    ['slack', 'channel', /In Slack.*mention me.*\/duck/],
    ['web', 'direct', /for me already/],
    ['discord', 'direct', /in a channel of the server/],
  ] as const)('is nothing to switch on %s in a %s', async (platform, kind, words) => {
    const asker = somebody('boss', { platform, kind })
    for (const sentence of ['listen here', 'which channels do you listen in?']) {
      const { outcome, words: said } = await asker.says(sentence)
      expect([outcome, said]).toEqual(['refused', expect.stringMatching(words)])
    }
  })
})

describe('the page', () => {
  it.each([
    [true, 'done', /Only those who manage this place may remind channels/],
    [false, 'refused', /Only those who manage this place set/],
  ])('takes rules of the space from whoever signed in as one who manages it: %s', async (manages, outcome, words) => {
    const place = { platform: 'web', space: `page${count}`, channel: 'local', kind: 'direct' } as const
    const author = { id: 'boss', name: 'You', manages }
    const handled = await world.handle({
      ...{ kind: 'sentence', id: `page ${count}`, at: world.now, place, author, text: 'only admins may remind channels' },
      ...{ addressed: true, private: false },
    })
    expect(handled.outcome).toBe(outcome)
    expect(JSON.stringify(handled.reply)).toMatch(words)
  })
})
