// A bare Bolt app: acknowledges a slash command, answers it and direct messages, and keeps nothing.
import bolt from '@slack/bolt'

const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_API_URL = '' } = process.env
const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  appToken: SLACK_APP_TOKEN,
  socketMode: true,
  logLevel: bolt.LogLevel.ERROR,
  clientOptions: { slackApiUrl: SLACK_API_URL, retryConfig: { retries: 5 }, timeout: 10_000 },
})
app.command('/duck', async ({ ack, respond, command }) => {
  await ack()
  await respond(`You said: ${command.text}`)
})
app.message(async ({ say, message }) => void (await say(`You said: ${'text' in message ? message.text : ''}`)))
await app.start()
process.send?.({ url: '' })
