import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { type FakeSlack, openFakeSlack } from './index.ts'

/** A Slack to try DuckTape on by hand: `node test/fakes/slack/main.ts [PORT]`. */

const usage = `You are Ann. Type:
  dm WORDS              write to DuckTape
  edit WORDS            change what you wrote to it last
  file PATH             send it a file
  mention WORDS         mention it in #general
  slash /duck WORDS     use a slash command in #general
  press LABEL           press a button, or choose an entry, of the latest message that has it, or of the home
  home                  open the home of DuckTape
  new                   choose the shortcut "New event"
  fill LINE=WORDS; ...  fill in the lines of the form that is open, and send it
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
  // Not waited for: while the app thinks, more can be typed.
  void act(line.trim()).catch((error: unknown) => console.log(String(error)))
}
await fake[Symbol.asyncDispose]()

async function act(line: string): Promise<unknown> {
  const { ann, general } = fake.workspace
  const [verb = '', ...words] = line.split(' ')
  const rest = words.join(' ')
  switch (verb) {
    case '':
      return undefined
    case 'dm':
      return fake.people.dm(ann.id, rest)
    case 'edit': {
      const { id, messages } = fake.workspace.directWith(ann.id)
      return fake.people.edit(ann.id, id, [...messages.values()].findLast(({ user }) => user === ann.id)?.ts ?? '', rest)
    }
    case 'file':
      return fake.people.sendFile(ann.id, basename(rest), await readFile(rest, 'utf8'))
    case 'mention':
      return fake.people.mention(ann.id, general.id, rest)
    case 'slash':
      return fake.people.slash(ann.id, general.id, words[0] ?? '', words.slice(1).join(' '))
    case 'press':
      return press(rest)
    case 'type':
      return fake.people.submit(ann.id, { line: { text: { type: 'plain_text_input', value: rest } } })
    case 'home':
      return fake.people.openHome(ann.id)
    case 'new':
      return fake.people.globalShortcut(ann.id, 'new_event')
    case 'fill':
      return fake.people.fillIn(ann.id, filled(rest))
    case 'refresh':
      return fake.sockets.disconnect()
    case 'reset':
      return fake.sockets.resetAll()
    default:
      return console.log(usage)
  }
}

function press(label: string): Promise<unknown> {
  const message = fake.shown().findLast(({ buttons }) => buttons.includes(label))
  if (!message) return fake.people.pressInHome(fake.workspace.ann.id, label)
  return fake.press(fake.workspace.ann.id, message.id, label)
}

/** "title=Lunch; day=2026-11-27; people=U0BOB,U0CLARA" */
function filled(words: string): Record<string, string | string[]> {
  const lines = words.split(';').map((line) => line.trim().split('='))
  return Object.fromEntries(lines.map(([name = '', value = '']) => [name, name === 'people' ? value.split(',') : value]))
}

/** Prints what the bot shows, and what the real Slack would have refused. */
async function narrate({ journal, shown }: FakeSlack) {
  const told = new Set(['shown', 'violation', 'hello', 'closed', 'command failed', 'press failed', 'view', 'view errors'])
  for (let from = 0; ; ) {
    const entry = await journal.wait(({ kind }) => told.has(kind), { from, timeoutMs: 2 ** 31 - 1 })
    from = entry.index + 1
    const message = entry.kind === 'shown' ? shown().find(({ id }) => id === entry.detail.ts) : undefined
    if (entry.kind === 'view' && entry.detail.home) {
      const home = fake.home(fake.workspace.ann.id)
      console.log(home ? `  (home)\n${page(home)}` : '')
      continue
    }
    console.log(message ? card(message) : `  (${entry.kind} ${JSON.stringify(entry.detail)})`)
  }
}

function card({ words, buttons, private: whispered }: ReturnType<FakeSlack['shown']>[number]): string {
  return [whispered ? '  DuckTape (only you see this)' : '  DuckTape', page({ words, buttons })].join('\n')
}

function page({ words, buttons }: Pick<ReturnType<FakeSlack['shown']>[number], 'words' | 'buttons'>): string {
  const lines = words.split('\n').map((line) => `  | ${line}`)
  if (buttons.length > 0) lines.push(`  | ${buttons.map((label) => `[${label}]`).join(' ')}`)
  return lines.join('\n')
}
