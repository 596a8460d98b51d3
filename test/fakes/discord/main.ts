import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { ComponentType } from 'discord-api-types/v10'
import { openFakeDiscord } from './index.ts'
import type { Outcome } from './interactions.ts'
import { privilegedIntents } from './options.ts'
import type { Saved } from './world.ts'

/**
 * An emulated Discord to try the bot on by hand: `node test/fakes/discord/main.ts`. With `--no-intents` it grants no
 * privileged ones; with `--refuses` it says that it does, and then refuses them.
 */
const claimed = 1 << 19
const fake = await openFakeDiscord({
  privileged: process.argv.some((word) => word === '--no-intents' || word === '--refuses') ? 0 : privilegedIntents,
  ...(process.argv.includes('--refuses') && { flags: claimed }),
})
const ann = fake.world.addUser('Ann')
const { channelId } = fake.guild([ann, fake.world.addUser('Bob')])
const me = fake.as(ann)
/** The form that Ann has before her eyes. */
let open: { readonly modal: Extract<Outcome, { kind: 'modal' }>['modal']; readonly source: Saved } | undefined

const help = `  dm TEXT                    write to the bot in direct messages
  edit TEXT                  change what you wrote to the bot last
  file PATH                  send the bot a file
  mention TEXT               mention the bot in #general
  say TEXT                   write in #general without mentioning it
  slash NAME option:VALUE …  use a slash command in #general, such as: slash remind what:stretch when:in 10 minutes
  press LABEL                press the newest button of that label
  choose LABEL               choose that entry of the newest menu
  type TEXT                  fill in the form that is open, and send it
  drop                       cut the bot's connection
  violations                 what the real service would have refused
  quit`

console.log(`DISCORD_API_URL=${fake.apiUrl}\nDISCORD_TOKEN=${fake.token}\n\n${help}\n`)

const acts: Record<string, (words: string) => unknown> = {
  dm: (words) => me.dm(words),
  edit: (words) => me.edits(me.sees('dm').findLast(({ data }) => data.author.id === ann)?.data.id ?? '', words),
  file: (path) => me.sendFile(basename(path), readFileSync(path, 'utf8')),
  mention: (words) => me.mention(channelId, words),
  say: (words) => me.says(channelId, words),
  slash(words) {
    const [name = ''] = words.split(' ', 1)
    tell(me.slash(channelId, name, optionsOf(words.slice(name.length))).outcome)
  },
  press(label) {
    const source = newest((words) => words.includes(`[${label}]`))
    tell(me.press(source, label).outcome, source)
  },
  choose: (label) =>
    tell(
      me.choose(
        newest((words) => words.includes(`(${label})`)),
        [label],
      ).outcome,
    ),
  type(text) {
    if (!open) throw new RangeError('no form is open')
    const { modal, source } = open
    open = undefined
    tell(me.submit(source.data.channel_id, modal, { text }, source).outcome, source)
  },
  drop: () => fake.gateway.reset(),
  violations: () => console.log(fake.journal.of('violation').map(({ detail }) => detail)),
  help: () => console.log(help),
  quit: () => process.exit(0),
}

void watch()
for await (const line of createInterface({ input: process.stdin })) {
  const [name = ''] = line.trim().split(' ', 1)
  try {
    if (name !== '') (acts[name] ?? acts.help)?.(line.trim().slice(name.length).trim())
  } catch (error) {
    console.log(`! ${error instanceof Error ? error.message : error}`)
  }
}

process.exit(0)

/** Prints what the bot shows, as it shows it. */
async function watch(): Promise<never> {
  for (let from = 0; ; ) {
    const entry = await fake.journal.wait(({ kind }) => kind === 'shown', { from, timeoutMs: 2 ** 31 - 1 })
    from = entry.index + 1
    const saved = fake.world.messages.find(({ data }) => data.id === entry.detail.id)
    if (saved) console.log(`\n${wordsOf(saved)}\n`)
  }
}

function tell(outcome: Promise<Outcome>, source?: Saved): void {
  void outcome.then((what) => {
    if (what.kind === 'failed') console.log('! The application did not respond')
    if (what.kind !== 'modal' || !source) return
    open = { modal: what.modal, source }
    console.log(`\n  | form: ${what.modal.title}\n`)
  })
}

function newest(fits: (words: string) => boolean): Saved {
  const seen = [...me.sees('dm'), ...me.sees(channelId)].toSorted((a, b) => (BigInt(a.data.id) < BigInt(b.data.id) ? -1 : 1))
  const found = seen.findLast((saved) => fits(wordsOf(saved)))
  if (!found) throw new RangeError('there is no such thing to press')
  return found
}

function wordsOf({ data, onlyFor, pinged }: Saved): string {
  const embeds = data.embeds.flatMap(({ description, fields, footer }) => [
    description,
    ...(fields ?? []).map(({ name, value }) => `${name}: ${value}`),
    footer?.text,
  ])
  const parts = (data.components ?? []).flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
  const buttons = parts.map((part) => {
    if (part.type === ComponentType.StringSelect) return part.options.map(({ label }) => `(${label})`).join(' ')
    return 'label' in part ? `[${part.label}]` : ''
  })
  const notes = [onlyFor === undefined ? '' : 'only you see this', pinged.length > 0 ? `pings ${pinged.join(', ')}` : ''].filter(Boolean)
  return [data.content, ...embeds, buttons.join(' '), notes.length > 0 ? `{${notes.join('; ')}}` : '']
    .filter((words) => words)
    .map((words) => `  | ${words?.replaceAll('\n', '\n  | ')}`)
    .join('\n')
}

// "remind what:stretch when:in 10 minutes"
//         ↑ name ↑ value, up to the next name
function optionsOf(words: string): Record<string, string> {
  const found = [...words.matchAll(/(?<name>[a-z-]+):(?<value>.*?)(?=\s+[a-z-]+:|$)/g)]
  return Object.fromEntries(found.map(({ groups }) => [groups?.name ?? '', (groups?.value ?? '').trim()]))
}
