// A bare discord.js client that replies to direct messages, and keeps nothing.
import { Client, Events, GatewayIntentBits, Partials } from 'discord.js'

const { DISCORD_TOKEN = '', DISCORD_API_URL = '' } = process.env
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel],
  rest: { api: DISCORD_API_URL },
})
client.on(Events.MessageCreate, async (message) => {
  if (!message.author.bot) await message.reply(`You said: ${message.content}`)
})
client.once(Events.ClientReady, () => process.send?.({ url: '' }))
await client.login(DISCORD_TOKEN)
