import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  DiscordAPIError,
  type Interaction,
  type Message,
  MessageFlags,
  StringSelectMenuBuilder,
  type TextChannel,
} from 'discord.js'
import { DigitalDiscord } from 'discord-digital-twin'
import { describe, expect, it, vi } from 'vitest'
import { openFakeDiscord } from '../fakes/discord/index.ts'

/** A Discord that a script can act on, whichever it is. */
interface Platform extends AsyncDisposable {
  readonly apiUrl: string
  readonly token: string
  readonly channelId: string
  says(text: string): Promise<void>
  slash(name: string): Promise<void>
  press(messageId: string, customId: string): Promise<void>
  choose(messageId: string, value: string): Promise<void>
}

async function ours(): Promise<Platform> {
  const messageContent = 1 << 15
  const fake = await openFakeDiscord({ privileged: messageContent })
  const ann = fake.world.addUser('Ann')
  const { channelId } = fake.guild([ann])
  const person = fake.as(ann)
  const saved = (id: string) => fake.world.find(channelId, id) ?? expect.fail(`no message ${id}`)
  // What the script does wrong on purpose, to compare how it is told so.
  fake.journal.announce('10003', '10008', '40060', '10062')
  return {
    apiUrl: fake.apiUrl,
    token: fake.token,
    channelId,
    says: async (text) => void person.says(channelId, text),
    slash: async (name) => void person.slash(channelId, name),
    press: async (id, customId) => void person.press(saved(id), customId),
    choose: async (id, value) => void person.choose(saved(id), [value]),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}

async function twin(): Promise<Platform> {
  const discord = new DigitalDiscord({ channels: [{ name: 'general', type: ChannelType.GuildText }], users: [{ username: 'Ann' }] })
  await discord.start()
  const channel = await discord.prisma.channel.findFirstOrThrow()
  const user = (await discord.getFirstNonBotUserId()) ?? expect.fail('nobody is there')
  const person = discord.channel(channel.id).user(user)
  return {
    apiUrl: discord.restUrl,
    token: discord.botToken,
    channelId: channel.id,
    says: async (content) => void (await person.sendMessage({ content })),
    slash: async (name) => void (await person.runSlashCommand({ name })),
    press: async (messageId, customId) => void (await person.clickButton({ messageId, customId })),
    choose: async (messageId, value) => void (await person.selectMenu({ messageId, customId: 'menu', values: [value] })),
    [Symbol.asyncDispose]: () => discord.stop(),
  }
}

/** The twin shows ephemeral messages to everybody, and keeps them in history; the real service does neither. */
const ephemeralOnTwin = new Set(['created bot "first" 0', 'history "at last"', 'history "first"'])

/** Runs one bot through one story, and returns all that it saw, without ids and times. */
async function play(platform: Platform): Promise<readonly string[]> {
  const saw: string[] = []
  const steps: Promise<unknown>[] = []
  const client = new Client({ intents: 1 | (1 << 9) | (1 << 10) | (1 << 15), rest: { api: platform.apiUrl, retries: 0 } })
  const heard = (event: string, message: { content: string | null; author: { bot: boolean } | null; embeds: readonly unknown[] }) =>
    saw.push(`${event} ${message.author?.bot ? 'bot' : 'person'} "${message.content}" ${message.embeds.length}`)
  const until = async (line: RegExp) => {
    await vi.waitFor(
      () =>
        expect(
          saw.some((each) => line.test(each)),
          String(line),
        ).toBe(true),
      { timeout: 10_000, interval: 10 },
    )
    await Promise.all(steps)
  }

  client.on('messageCreate', (message) => heard('created', message))
  client.on('messageUpdate', (_, message) => heard('updated', message))
  client.on('messageReactionAdd', ({ emoji }) => saw.push(`reaction ${emoji.name}`))
  client.on('messageDelete', () => saw.push('deleted'))
  client.on('interactionCreate', (interaction) => steps.push(answer(interaction, saw)))
  const ready = new Promise((resolve) => client.once('clientReady', resolve))
  await client.login(platform.token)
  await ready
  const channel = (await client.channels.fetch(platform.channelId)) as TextChannel
  await client.application?.commands.set([
    { name: 'reply', description: 'replies' },
    { name: 'defer', description: 'takes its time' },
    { name: 'twice', description: 'answers twice' },
  ])

  await platform.says('hello bot')
  await until(/created person "hello bot"/)
  const sent: Message = await channel.send({ content: 'hello person', embeds: [{ description: 'a card' }] })
  await until(/created bot "hello person" 1/)
  await sent.edit({ content: 'hello again', embeds: [] })
  await until(/updated bot "hello again"/)

  await sent.react('🦆')
  await until(/reaction 🦆/)
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary),
  )
  const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder().setCustomId('menu').addOptions({ label: 'one', value: '1' }),
  )
  const card = await channel.send({ content: 'choose', components: [buttons, menu] })
  await until(/created bot "choose"/)
  await platform.press(card.id, 'go')
  await until(/updated bot "pressed go"/)
  await platform.choose(card.id, '1')
  await until(/updated bot "chose 1"/)

  await platform.slash('reply')
  await until(/created bot "at once"/)
  await platform.slash('defer')
  await until(/after deferring "at last"/)
  await platform.slash('twice')
  await until(/answered twice/)

  const history = await channel.messages.fetch({ limit: 50 })
  saw.push(...[...history.values()].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)).map(({ content }) => `history "${content}"`))
  await sent.delete()
  await until(/deleted/)
  saw.push(`gone: ${await codeOf(channel.messages.fetch(sent.id))}`)
  saw.push(`edit gone: ${await codeOf(sent.edit('x'))}`)
  saw.push(`no channel: ${await codeOf(client.rest.post('/channels/123456789012345678/messages', { body: { content: 'x' } }))}`)
  await client.destroy()
  return saw
}

async function answer(interaction: Interaction, saw: string[]): Promise<void> {
  if (interaction.isButton()) {
    saw.push(`press ${interaction.customId} of ${interaction.message.content}`)
    await interaction.update({ content: `pressed ${interaction.customId}` })
  }
  if (interaction.isStringSelectMenu()) {
    saw.push(`choice ${interaction.values} of ${interaction.message.content}`)
    await interaction.update({ content: `chose ${interaction.values}`, components: [] })
  }
  if (!interaction.isChatInputCommand()) return
  saw.push(`command ${interaction.commandName} in ${interaction.inGuild() ? 'a guild' : 'direct messages'}`)
  if (interaction.commandName === 'reply') await interaction.reply({ content: 'at once' })
  if (interaction.commandName === 'defer') {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral })
    const edited = await interaction.editReply('at last')
    saw.push(`after deferring "${edited.content}"`)
  }
  if (interaction.commandName === 'twice') {
    await interaction.reply({ content: 'first', flags: MessageFlags.Ephemeral })
    const second = { type: 4, data: { content: 'second' } }
    const code = await codeOf(
      interaction.client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body: second, auth: false }),
    )
    saw.push(`answered twice: ${code}`)
  }
}

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt
    return 'fine'
  } catch (error) {
    return error instanceof DiscordAPIError ? error.code : String(error)
  }
}

describe('the emulated Discord', () => {
  it('shows a bot the same story as an independent emulation does', async () => {
    await using first = await ours()
    await using second = await twin()
    const [onOurs, onTwin] = await Promise.all([play(first), play(second)])
    expect(onOurs).toEqual(onTwin.filter((line) => !ephemeralOnTwin.has(line)))
  })
})
