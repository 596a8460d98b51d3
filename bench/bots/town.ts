import { commands, events, scopes } from '#bots/slack/manifest.ts'
import { openFakeDiscord } from '../../test/fakes/discord/index.ts'
import { openFakeSlack } from '../../test/fakes/slack/index.ts'
import type { Asker } from './answers.ts'

/** A question that reads one table: what is left is what the way there and back costs. */
const question = 'list my todos'

/** An emulated Slack with people in it, each with a channel of their own where the app is too. */
export async function openSlack(people: number) {
  const fake = await openFakeSlack({ scopes, commands: commands.map(({ command }) => command), events })
  const { workspace } = fake
  const users = Array.from({ length: people }, (_, index) => workspace.addUser(`person${index}`))
  const bot = [...workspace.users.values()].find((user) => user.bot)?.id ?? ''
  const rooms = users.map((user) => workspace.addChannel(`room-${user.name}`, [user.id, bot]))
  return {
    fake,
    environment: { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl },
    commands: users.map((user, index): Asker => {
      const channel = rooms[index]?.id ?? ''
      return { channel, ask: () => void fake.people.slash(user.id, channel, '/duck', question) }
    }),
    messages: users.map((user): Asker => {
      const channel = workspace.directWith(user.id).id
      return { channel, ask: () => void fake.people.dm(user.id, question) }
    }),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}

/** An emulated Discord with people who write in their direct messages, and without limits on how often. */
export async function openDiscord(people: number) {
  const fake = await openFakeDiscord({ messagesPerWindow: 1_000_000, maxConcurrency: 16 })
  const users = Array.from({ length: people }, (_, index) => fake.world.addUser(`Person ${index}`))
  fake.guild(users)
  return {
    fake,
    environment: { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl },
    messages: users.map((user): Asker => ({ channel: fake.world.directChannel(user).id, ask: () => void fake.as(user).dm(question) })),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}
