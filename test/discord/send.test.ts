import { spawnSync } from 'node:child_process'
import { PermissionFlagsBits } from 'discord-api-types/v10'
import { describe, expect, it, vi } from 'vitest'
import { createDiscordMessenger } from '#bots/discord/send.ts'
import type { Recipient } from '#core/model.ts'
import { reply } from '../contracts/bot.ts'
import type { Fault } from '../fakes/discord/faults.ts'
import { type FakeDiscord, openFakeDiscord } from '../fakes/discord/index.ts'
import type { FakeDiscordOptions } from '../fakes/discord/options.ts'
import { onScene } from './scene.ts'
import { createCounted, silent } from './stage.ts'

const since = Temporal.Now.instant()

async function open(options: FakeDiscordOptions = {}, more: { readonly token?: string; readonly timeoutMs?: number } = {}) {
  const fake = await openFakeDiscord(options)
  const ann = fake.world.addUser('Ann')
  const { guildId, channelId } = fake.guild([ann])
  const meter = createCounted()
  const messenger = createDiscordMessenger({ token: fake.token, apiUrl: fake.apiUrl, meter, log: silent, ...more })
  const channel: Recipient = { kind: 'channel', channel: channelId, ping: [] }
  const direct: Recipient = { kind: 'direct', user: ann }
  return {
    fake,
    messenger,
    ann,
    meter,
    channelId,
    direct,
    send: (to: Recipient, mark = 'a mark') => messenger.send(guildId, to, reply(['stretch']), mark),
    find: (to: Recipient, mark = 'a mark') => messenger.find(guildId, to, mark, since),
    channel,
    async [Symbol.asyncDispose]() {
      messenger[Symbol.dispose]()
      await fake[Symbol.asyncDispose]()
    },
  }
}

const messagesOf = ({ world }: FakeDiscord) => world.messages.length

describe('sending on Discord', () => {
  it.each(['user', 'shared', 'global'] as const)('says when to try again after a rate limit of scope %s', async (scope) => {
    await using one = await open()
    one.fake.faults.add({ route: '/messages', what: { kind: 'limited', scope, retryAfter: 2.5 } })
    const error = await one.send(one.channel).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'BotError', code: 'rate_limited' })
    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(2_400)
    expect((error as { retryAfter: number }).retryAfter).toBeLessThan(3_200)
    expect(one.meter.events).toContain('rate limited')
    expect(messagesOf(one.fake)).toBe(0)
  })

  it('says when to try again after a rate limit of the network in front of Discord', async () => {
    await using one = await open()
    one.fake.faults.add({ route: '/messages', what: { kind: 'cloudflare', retryAfter: 3 } })
    await expect(one.send(one.channel)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('never exceeds the limit of a channel', async () => {
    await using one = await open()
    const results = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => one.send(one.channel, `mark ${index}`)))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(messagesOf(one.fake)).toBe(5)
    expect(refused).toHaveLength(7)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'rate_limited' })
  })

  it.each([
    ['the person takes no direct messages', '50007'],
    ['the bot is not in the channel', '50001'],
    ['the bot may not write there', '50013'],
    ['the channel is gone', '10003'],
  ])('is refused for good with the code of Discord when %s', async (_, code) => {
    await using one = await open()
    one.fake.journal.announce(code)
    if (code === '50007') one.fake.world.closed.add(one.ann)
    const channel = one.fake.world.channels.get(one.channelId)
    if (code === '50001' && channel) channel.denied = 'view'
    if (code === '50013' && channel) channel.denied = 'send'
    if (code === '10003') one.fake.world.channels.delete(one.channelId)
    await expect(one.send(code === '50007' ? one.direct : one.channel)).rejects.toMatchObject({ code: 'rejected', reason: code })
  })

  it('says each time that the token is wrong', async () => {
    await using one = await open({}, { token: 'wrong' })
    one.fake.journal.announce('401')
    await expect(one.send(one.channel)).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(one.send(one.channel)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  const failures: readonly [string, Fault['what']][] = [
    ['an answer of 500', { kind: 'status', status: 500 }],
    ['an answer of 503', { kind: 'status', status: 503 }],
    ['a reset', { kind: 'reset' }],
    ['no answer', { kind: 'hang' }],
  ]
  it.each(failures)('does not know what became of it after %s, tries once, and does not double it', async (_, what) => {
    await using one = await open({}, { timeoutMs: 1_000 })
    one.fake.faults.add({ route: '/messages', what })
    await expect(one.send(one.channel)).rejects.toMatchObject({ code: 'unreachable' })
    expect(await one.find(one.channel)).toBeUndefined()

    one.fake.faults.add({ route: 'POST /channels', what, accepted: true })
    await expect(one.send(one.channel)).rejects.toMatchObject({ code: 'unreachable' })
    expect(messagesOf(one.fake)).toBe(1)
    const found = await one.find(one.channel)
    expect(found).toMatchObject({ channel: one.channelId })
    expect(await one.send(one.channel)).toEqual(found)
    expect(messagesOf(one.fake)).toBe(1)
  })

  it('looks for a mark again when the first look was cut off', async () => {
    await using one = await open()
    const sent = await one.send(one.channel)
    one.fake.faults.add({ route: 'GET /channels', times: 2, what: { kind: 'reset' } })
    expect(await one.find(one.channel)).toEqual(sent)
  })

  it('says so when it cannot look for a mark', async () => {
    await using one = await open()
    one.fake.faults.add({ route: 'GET /channels', times: 3, what: { kind: 'status', status: 500 } })
    await expect(one.find(one.channel)).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('finds by its mark a message that much was said after', async () => {
    await using one = await open()
    const sent = await one.send(one.channel)
    for (let index = 0; index < 250; index += 1) one.fake.as(one.ann).says(one.channelId, `chatter ${index}`)
    expect(await one.find(one.channel)).toEqual(sent)
  })

  it('finds by its mark a message behind much that was said before', async () => {
    await using one = await open()
    for (let index = 0; index < 250; index += 1) one.fake.as(one.ann).says(one.channelId, `chatter ${index}`)
    const sent = await one.send(one.channel)
    expect(await one.find(one.channel)).toEqual(sent)
  })

  it(
    'finds by its mark a message whose button was pressed',
    onScene({}, async (scene) => {
      const to: Recipient = { kind: 'channel', channel: scene.channel, ping: [] }
      const blocks = [{ kind: 'buttons' as const, buttons: [{ label: 'Done', token: 'done.A.B.C.D' }] }]
      const sent = await scene.bot.send(scene.guildId, to, reply(['stretch'], { blocks }), 'a mark')
      scene.answers(async () => reply(['done'], { replaces: true }))
      await scene.presses(await scene.next(), 'Done')
      expect(await scene.next()).toMatchObject({ id: sent.id, words: 'done' })
      expect(await scene.bot.find(scene.guildId, to, 'a mark', since)).toEqual(sent)
    }),
  )

  it('loads nothing of discord.js, and leaves nothing open', () => {
    const script = `
      const { createDiscordMessenger } = await import('#bots/discord/send.ts')
      const { default: module } = await import('node:module')
      createDiscordMessenger({ token: 'a.b.c', meter: {}, log: {} })
      console.log(Object.keys(module._cache).some((path) => path.includes('/node_modules/discord.js/')))
    `
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', timeout: 20_000 })
    expect(child.stderr).toBe('')
    expect(child.stdout.trim()).toBe('false')
    expect(child.status).toBe(0)
  })
})

describe.concurrent('an answer to a message', () => {
  it.each([
    ['fails and was not taken', { kind: 'status', status: 503 }, false],
    ['fails although it was taken', { kind: 'status', status: 502 }, true],
    ['is cut off although it was taken', { kind: 'reset' }, true],
  ] as const)('is shown once when sending it %s', async (_, what, accepted) => {
    await onScene({}, async (scene) => {
      scene.fake.faults.add({ route: 'POST /channels', what, accepted })
      await scene.writes('hello')
      await scene.settled()
      expect(scene.shown()).toHaveLength(1)
    })()
  })

  it(
    'waits for a rate limit to pass',
    onScene({}, async (scene) => {
      scene.fake.faults.add({ route: 'POST /channels', what: { kind: 'limited', scope: 'shared', retryAfter: 1 } })
      await scene.writes('hello')
      expect((await scene.next()).words).toContain('hello')
      expect(scene.meter.events).toContain('rate limited')
    }),
  )

  it(
    'is said in direct messages where Discord does not let us write',
    onScene({}, async (scene) => {
      scene.fake.journal.announce('50013')
      const channel = scene.fake.world.channels.get(scene.channel)
      if (channel) channel.denied = 'send'
      await scene.mentions('hello')
      const told = await scene.next()
      expect(told.words).toMatch(/^heard hello/)
      expect(scene.saved(told).data.channel_id).not.toBe(scene.channel)
      await scene.settled()
      expect(scene.inbox.unfinished()).toEqual([])
      expect(scene.meter.events).not.toContain('unanswered')
    }),
  )

  it(
    'counts as none where Discord takes it nowhere',
    onScene({}, async (scene) => {
      scene.fake.faults.add({ route: 'POST /channels', times: 100, what: { kind: 'status', status: 400 } })
      await scene.writes('hello')
      await vi.waitFor(() => expect(scene.meter.events).toContain('unanswered'), { timeout: 10_000 })
      await vi.waitFor(() => expect(scene.inbox.unfinished()).toEqual([]), { timeout: 10_000 })
      expect(scene.meter.events.filter((event) => ['unanswered', 'replied'].includes(event))).toEqual(['unanswered'])
      expect(scene.shown()).toEqual([])
    }),
  )
})

describe('a channel on Discord', () => {
  it.each([
    ['nothing', undefined],
    ['send', '50013'],
    ['view', '50001'],
  ] as const)('in which we are denied %s says so beforehand', async (denied, reason) => {
    await using one = await open()
    one.fake.journal.announce('50001')
    const { guildId } = one.fake.guild([one.ann])
    const id = one.fake.world.addChannel(guildId, 'lobby')
    const channel = one.fake.world.channels.get(id)
    if (channel) channel.denied = denied
    expect(await one.messenger.obstacle?.({ kind: 'channel', channel: id, ping: [] })).toBe(reason)
  })
})

describe('people under one name on Discord', () => {
  it('are those with a role, and those who see a channel', async () => {
    await using one = await open()
    one.fake.journal.announce('10007')
    const { world } = one.fake
    const [bob, kim, zed] = [world.addUser('Bob'), world.addUser('Kim'), world.addUser('Zed')]
    const { guildId } = one.fake.guild([one.ann, bob, kim])
    const role = world.addRole(guildId, 'Designers', [bob])
    const hidden = world.addChannel(guildId, 'studio', role)
    const open_ = world.addChannel(guildId, 'lobby')
    const circle = (kind: 'role' | 'channel', id: string) => ({ kind, id, space: guildId, name: '' })
    const who = async (kind: 'role' | 'channel', id: string) =>
      Promise.all([one.ann, bob, kim, zed].map((user) => one.messenger.belongs(user, circle(kind, id))))
    expect(await who('role', role)).toEqual([false, true, false, false])
    // Whoever owns the server sees everything.
    expect(await who('channel', hidden)).toEqual([true, true, false, false])
    expect(await who('channel', open_)).toEqual([true, true, true, false])
    expect(await one.messenger.roleNamed(guildId, 'designers')).toMatchObject({ kind: 'role', id: role })
    expect(await one.messenger.roleNamed(guildId, 'nobodies')).toBeUndefined()
  })

  it('manage a server who own it or have a role that may', async () => {
    await using one = await open()
    one.fake.journal.announce('10007')
    const { world } = one.fake
    const [bob, kim, zed] = [world.addUser('Bob'), world.addUser('Kim'), world.addUser('Zed')]
    const { guildId } = one.fake.guild([one.ann, bob, kim])
    world.addRole(guildId, 'Stewards', [bob], PermissionFlagsBits.ManageGuild)
    const who = [one.ann, bob, kim, zed].map((user) => one.messenger.manages(guildId, user))
    expect(await Promise.all(who)).toEqual([true, true, false, false])
    expect(await one.messenger.manages(`dm:${kim}`, kim)).toBe(true)
  })
})
