import { describe, expect, it } from 'vitest'
import { type FakeDiscord, openFakeDiscord } from '../fakes/discord/index.ts'
import type { Interaction } from '../fakes/discord/interactions.ts'
import type { FakeDiscordOptions } from '../fakes/discord/options.ts'
import { openRaw } from './raw-client.ts'

/** A bot that speaks to the API with bare hands. */
async function open(options: FakeDiscordOptions = {}) {
  const fake = await openFakeDiscord(options)
  const ann = fake.world.addUser('Ann')
  const { guildId, channelId } = fake.guild([ann])
  const gateway = await openRaw(fake)
  await gateway.ready({ intents: 1 })

  async function call(method: string, path: string, body?: unknown, token = fake.token) {
    const response = await fetch(`${fake.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer = (text === '' ? {} : JSON.parse(text)) as { code?: number; id?: string; retry_after?: number; global?: boolean }
    return { status: response.status, headers: response.headers, answer }
  }

  return {
    fake,
    ann,
    guildId,
    channelId,
    call,
    post: (body: unknown) => call('POST', `/channels/${channelId}/messages`, body),
    async command(): Promise<Interaction> {
      await call('PUT', `/applications/${fake.world.application.id}/commands`, [{ name: 'go', description: 'goes' }])
      return fake.as(ann).slash(channelId, 'go')
    },
    respond: ({ id, token }: Interaction, body: unknown, query = '') => call('POST', `/interactions/${id}/${token}/callback${query}`, body),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await fake[Symbol.asyncDispose]()
    },
  }
}

const button = (custom_id: string, more: object = {}) => ({ type: 2, style: 1, label: 'x', custom_id, ...more })
const row = (...components: object[]) => ({ type: 1, components })
const rules = ({ journal }: FakeDiscord) => journal.of('violation').map(({ detail }) => detail.rule)

describe.concurrent('the emulated REST API', () => {
  it.each<[string, number, unknown]>([
    ['2001 characters', 50035, { content: 'x'.repeat(2_001) }],
    ['nothing at all', 50006, {}],
    ['nothing but spaces', 50006, { content: '  ' }],
    ['content of another type', 50035, { content: 5 }],
    ['an embed of 4097 characters', 50035, { embeds: [{ description: 'x'.repeat(4_097) }] }],
    ['embeds of more than 6000 characters together', 50035, { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3_001) })) }],
    ['26 fields', 50035, { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) }] }],
    ['an empty embed', 50035, { embeds: [{ color: 1 }] }],
    ['an embed that links to a host without a top level domain', 50035, { embeds: [{ description: 'x', url: 'http://localhost:3000' }] }],
    ['six rows', 50035, { content: 'x', components: Array.from({ length: 6 }, (_, index) => row(button(`${index}`))) }],
    ['six buttons in a row', 50035, { content: 'x', components: [row(...Array.from({ length: 6 }, (_, index) => button(`${index}`)))] }],
    ['a button without an id', 50035, { content: 'x', components: [row({ type: 2, style: 1, label: 'x' })] }],
    ['an id of 101 characters', 50035, { content: 'x', components: [row(button('x'.repeat(101)))] }],
    ['the same id twice', 50035, { content: 'x', components: [row(button('a'), button('a'))] }],
    ['a label of 81 characters', 50035, { content: 'x', components: [row(button('a', { label: 'x'.repeat(81) }))] }],
    [
      '26 options',
      50035,
      {
        content: 'x',
        components: [
          row({ type: 3, custom_id: 'm', options: Array.from({ length: 26 }, (_, index) => ({ label: 'a', value: `${index}` })) }),
        ],
      },
    ],
    ['users both listed and parsed', 50035, { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } }],
    ['half a surrogate pair', 50035, { content: 'a\ud800' }],
    ['a reply to nothing', 50035, { content: 'x', message_reference: { message_id: '123456789012345678' } }],
  ])('refuses %s', async (_, code, body) => {
    await using bot = await open()
    bot.fake.journal.announce(String(code))
    const { status, answer } = await bot.post(body)
    expect({ status, code: answer.code }).toEqual({ status: 400, code })
    expect(rules(bot.fake)).toEqual([String(code)])
  })

  it('gives back the same message for the same enforced nonce', async () => {
    await using bot = await open()
    const body = { content: 'x', nonce: 'n', enforce_nonce: true }
    const [first, second] = [await bot.post(body), await bot.post(body)]
    expect(second.answer.id).toBe(first.answer.id)
    expect((await bot.post({ content: 'x', nonce: 'n' })).answer.id).not.toBe(first.answer.id)
  })

  it('tells who is pinged only as allowed_mentions lets them', async () => {
    await using bot = await open()
    const { ann, fake } = bot
    const content = `<@${ann}> @everyone`
    await bot.post({ content })
    await bot.post({ content, allowed_mentions: { parse: [] } })
    await bot.post({ content, allowed_mentions: { parse: [], users: [ann] } })
    await bot.post({ embeds: [{ description: content }] })
    expect(fake.world.messages.map(({ pinged }) => pinged)).toEqual([[ann, 'everyone'], [], [ann], []])
  })

  it('counts messages by channel, and says so in its headers', async () => {
    await using bot = await open()
    bot.fake.journal.announce('429')
    const answers = [] as Awaited<ReturnType<typeof bot.post>>[]
    for (let index = 0; index < 6; index += 1) answers.push(await bot.post({ content: 'x' }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['4', '3', '2', '1', '0', '0'])
    expect(answers[5]?.answer).toMatchObject({ global: false, retry_after: expect.any(Number) })
    expect(answers[5]?.headers.get('x-ratelimit-scope')).toBe('user')
  })

  it('takes commands by name, keeps their ids, and refuses what Discord does', async () => {
    await using bot = await open()
    bot.fake.journal.announce('50035')
    const path = `/applications/${bot.fake.world.application.id}/commands`
    const idOf = async () =>
      ((await bot.call('PUT', path, [{ name: 'go', description: 'goes' }])).answer as unknown as { id: string }[])[0]?.id
    expect(await idOf()).toBe(await idOf())
    const text = { type: 3, description: 'x' }
    for (const wrong of [
      { name: 'Go', description: 'x' },
      { name: 'go', description: '' },
      { name: 'go', description: 'x'.repeat(101) },
      {
        name: 'go',
        description: 'x',
        options: [
          { ...text, name: 'a' },
          { ...text, name: 'b', required: true },
        ],
      },
    ])
      expect((await bot.call('PUT', path, [wrong])).answer.code).toBe(50035)
  })

  it('refuses a wrong token', async () => {
    await using bot = await open()
    bot.fake.journal.announce('401')
    expect((await bot.call('GET', '/users/@me', undefined, 'wrong')).status).toBe(401)
  })
})

describe.concurrent('an emulated interaction', () => {
  it('takes an answer for three seconds', async () => {
    const bot = await open()
    const interaction = await bot.command()
    expect(await interaction.outcome).toEqual({ kind: 'failed' })
    const { status, answer } = await bot.respond(interaction, { type: 4, data: { content: 'too late' } })
    expect({ status, code: answer.code }).toEqual({ status: 404, code: 10062 })
    await expect(bot[Symbol.asyncDispose]()).rejects.toThrow('10062')
  })

  it('takes one answer', async () => {
    await using bot = await open()
    bot.fake.journal.announce('40060')
    const interaction = await bot.command()
    expect((await bot.respond(interaction, { type: 4, data: { content: 'first' } })).status).toBe(204)
    expect((await bot.respond(interaction, { type: 4, data: { content: 'second' } })).answer.code).toBe(40060)
  })

  it('tells of its answer when asked to', async () => {
    await using bot = await open()
    const { status, answer } = await bot.respond(await bot.command(), { type: 4, data: { content: 'x' } }, '?with_response=true')
    expect(status).toBe(200)
    expect(answer).toMatchObject({ resource: { type: 4, message: { content: 'x' } } })
  })

  it.each([6, 7, 8, 1])('by slash command takes no answer of type %i', async (type) => {
    await using bot = await open()
    bot.fake.journal.announce('50035')
    const interaction = await bot.command()
    expect((await bot.respond(interaction, { type, data: {} })).answer.code).toBe(50035)
    await bot.respond(interaction, { type: 4, data: { content: 'x' } })
  })

  it('takes more only after the first answer, and until its token dies', async () => {
    await using bot = await open({ tokenLife: 1_000 })
    bot.fake.journal.announce('10015', '50027')
    const interaction = await bot.command()
    const path = `/webhooks/${bot.fake.world.application.id}/${interaction.token}`
    expect((await bot.call('PATCH', `${path}/messages/@original`, { content: 'x' })).answer.code).toBe(10015)
    await bot.respond(interaction, { type: 5, data: { flags: 64 } })
    expect((await bot.call('PATCH', `${path}/messages/@original`, { content: 'secret' })).status).toBe(200)
    expect((await bot.call('POST', path, { content: 'more', flags: 64 })).status).toBe(200)
    // Ephemeral messages are seen by their person, and are in nobody's history.
    expect(
      bot.fake
        .as(bot.ann)
        .sees(bot.channelId)
        .map(({ data }) => data.content),
    ).toEqual(['secret', 'more'])
    expect((await bot.call('GET', `/channels/${bot.channelId}/messages`)).answer).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await bot.call('POST', path, { content: 'too late' })).answer.code).toBe(50027)
  })

  it('by a form carries what was filled in', async () => {
    await using bot = await open()
    const interaction = await bot.command()
    const input = { type: 4, custom_id: 'name', label: 'Name', style: 1 }
    await bot.respond(interaction, { type: 9, data: { custom_id: 'form', title: 'New event', components: [row(input)] } })
    const outcome = await interaction.outcome
    if (outcome.kind !== 'modal') return expect.fail(`a form was to be shown, not ${outcome.kind}`)
    const submitted = bot.fake.as(bot.ann).submit(bot.channelId, outcome.modal, { name: 'Lunch' })
    expect((await bot.respond(submitted, { type: 4, data: { content: 'thanks' } })).status).toBe(204)
    expect(bot.fake.journal.of('dispatch').filter(({ detail }) => detail.t === 'INTERACTION_CREATE')).toHaveLength(2)
  })

  it('fails at once while nobody is connected', async () => {
    await using fake = await openFakeDiscord()
    const ann = fake.world.addUser('Ann')
    await fetch(`${fake.apiUrl}/v10/applications/${fake.world.application.id}/commands`, {
      method: 'PUT',
      headers: { authorization: `Bot ${fake.token}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ name: 'go', description: 'goes' }]),
    })
    expect(await fake.as(ann).slash('dm', 'go').outcome).toEqual({ kind: 'failed' })
  })
})

describe('the controls of the emulated Discord over HTTP', () => {
  it('act as people, and show the journal', async () => {
    await using fake = await openFakeDiscord()
    const act = async (body: object) =>
      (await (await fetch(`${fake.controlUrl}/act`, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<string, string>
    const { id: ann = '' } = await act({ do: 'user', name: 'Ann' })
    await act({ do: 'says', as: ann, where: 'dm', text: 'hello' })
    expect(await (await fetch(`${fake.controlUrl}/messages`)).json()).toMatchObject([{ data: { content: 'hello', author: { id: ann } } }])
    expect(await (await fetch(`${fake.controlUrl}/journal`)).json()).toMatchObject([{ kind: 'dispatch' }])
    expect(await act({ do: 'dance' })).toHaveProperty('error')
  })
})
