import { createInterface } from 'node:readline'
import { type FakeSlack, openFakeSlack } from './index.ts'

/** A Slack to try DuckTape on by hand: `node test/fakes/slack/main.ts [PORT]`. */

const usage = `You are Ann. Type:
  dm WORDS              write to DuckTape
  mention WORDS         mention it in #general
  slash /duck WORDS     use a slash command in #general
  press LABEL           press a button, or choose an entry, of the latest message that has it
  type WORDS            fill in the form that is open, and send it
  refresh | reset       ask for a new connection, or break it
  quit`

const fake = await openFakeSlack({ port: Number(process.argv[2] ?? 0) })
console.log(`An emulated Slack. Start DuckTape with:

  SLACK_API_URL=${fake.apiUrl} SLACK_BOT_TOKEN=${fake.botToken} SLACK_APP_TOKEN=${fake.appToken} npm start

${usage}
`)

void narrate(fake)
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === 'quit') break
  try {
    act(line.trim())
  } catch (error) {
    console.log(String(error))
  }
}
await fake[Symbol.asyncDispose]()

function act(line: string) {
  const { ann, general } = fake.workspace
  const [verb = '', ...words] = line.split(' ')
  const rest = words.join(' ')
  switch (verb) {
    case '':
      return
    case 'dm':
      return void fake.people.dm(ann.id, rest)
    case 'mention':
      return void fake.people.mention(ann.id, general.id, rest)
    case 'slash':
      return void fake.people.slash(ann.id, general.id, words[0] ?? '', words.slice(1).join(' '))
    case 'press':
      return press(rest)
    case 'type':
      return void fake.people.submit(ann.id, { line: { text: { type: 'plain_text_input', value: rest } } })
    case 'refresh':
      return fake.sockets.disconnect()
    case 'reset':
      return fake.sockets.resetAll()
    default:
      console.log(usage)
  }
}

function press(label: string) {
  const message = fake.shown().findLast(({ buttons }) => buttons.includes(label))
  if (!message) throw new Error(`nothing shown has "${label}"`)
  void fake.press(fake.workspace.ann.id, message.id, label)
}

/** Prints what the bot shows, and what the real Slack would have refused. */
async function narrate({ journal, shown }: FakeSlack) {
  const told = new Set(['shown', 'violation', 'hello', 'closed', 'command failed', 'press failed', 'view', 'view errors'])
  for (let from = 0; ; ) {
    const entry = await journal.wait(({ kind }) => told.has(kind), { from, timeoutMs: 2 ** 31 - 1 })
    from = entry.index + 1
    const message = entry.kind === 'shown' ? shown().find(({ id }) => id === entry.detail.ts) : undefined
    console.log(message ? card(message) : `  (${entry.kind} ${JSON.stringify(entry.detail)})`)
  }
}

function card({ words, buttons, private: whispered }: ReturnType<FakeSlack['shown']>[number]): string {
  const lines = words.split('\n').map((line) => `  | ${line}`)
  if (buttons.length > 0) lines.push(`  | ${buttons.map((label) => `[${label}]`).join(' ')}`)
  return [whispered ? '  DuckTape (only you see this)' : '  DuckTape', ...lines].join('\n')
}
