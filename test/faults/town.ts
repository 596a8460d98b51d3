import { shownOf } from '../discord/stage.ts'
import { openFakeDiscord } from '../fakes/discord/index.ts'
import { openFakeSlack } from '../fakes/slack/index.ts'

/** An emulated platform as the one who counts sees it. */
export interface Counted extends AsyncDisposable {
  readonly platform: 'slack' | 'discord'
  /** The platform's id of the space. */
  readonly space: string
  readonly access: { readonly token: string; readonly apiUrl: string }
  /** A person with direct messages of their own. */
  person(name: string): string
  /** When each message with these words was shown, those that were taken back again as well. */
  shown(words: string): readonly Temporal.Instant[]
  /** Resolves at the next message that is shown. */
  next(): Promise<unknown>
  /** How many messages with these words are there now. */
  present(words: string): number
  /** What happens to the next posts; `accepted`: the message is shown all the same. */
  failPosts(fault: PostFault, times?: number): void
  /** Answers nothing but 503 until it is mended. */
  down(): void
  mend(): void
}

export type PostFault =
  | { readonly kind: 'status'; readonly status: number; readonly accepted: boolean }
  | { readonly kind: 'hang'; readonly accepted: boolean }
  | { readonly kind: 'reset'; readonly accepted: boolean }
  | { readonly kind: 'wait'; readonly seconds: number }

/** More calls than any test makes. */
const muchFailing = 10_000

/** `announced` are refusals that the test is about; any other fails it. */
export async function countedSlack(...announced: readonly string[]): Promise<Counted> {
  const fake = await openFakeSlack()
  fake.journal.announce(...announced)
  const present = () => [...fake.workspace.channels.values()].flatMap(({ messages }) => [...messages.values()])
  return {
    platform: 'slack',
    space: 'T0DUCKPOND',
    access: { token: fake.botToken, apiUrl: fake.apiUrl },
    person: (name) => fake.workspace.addUser(name.replaceAll(/\W/g, ''), { realName: name }).id,
    shown: (words) =>
      fake.journal
        .of('shown')
        .filter(({ detail }) => String(detail.text).includes(words))
        .map(({ detail }) => Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(detail.ts) * 1_000))),
    next: () => fake.journal.wait(({ kind }) => kind === 'shown', { from: fake.journal.entries().length }),
    present: (words) => present().filter(({ text }) => text.includes(words)).length,
    failPosts(fault, times = 1) {
      fake.faults.next('chat.postMessage', fault.kind === 'wait' ? { kind: 'rate_limited', retryAfter: fault.seconds } : fault, times)
    },
    down() {
      for (const method of ['chat.postMessage', 'conversations.open', 'conversations.history'])
        fake.faults.next(method, { kind: 'status', status: 503 }, muchFailing)
    },
    mend: () => fake.faults.clear(),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}

export async function countedDiscord(...announced: readonly string[]): Promise<Counted> {
  const fake = await openFakeDiscord({ messagesPerWindow: 50 })
  fake.journal.announce(...announced)
  const { guildId } = fake.guild([])
  const ours = () => fake.world.messages.filter(({ data }) => data.author.id === fake.world.bot.id)
  const fitting = (words: string) => ours().filter((saved) => shownOf(saved).words.includes(words))
  return {
    platform: 'discord',
    space: guildId,
    access: { token: fake.token, apiUrl: fake.apiUrl },
    person: (name) => fake.world.addUser(name),
    shown: (words) => fitting(words).map(({ data }) => Temporal.Instant.from(data.timestamp)),
    next: () => fake.journal.wait(({ kind }) => kind === 'shown', { from: fake.journal.entries().length }),
    present: (words) => fitting(words).length,
    failPosts(fault, times = 1) {
      const route = /^POST \/channels\/\d+\/messages$/
      if (fault.kind === 'wait') fake.faults.add({ route, times, what: { kind: 'limited', scope: 'user', retryAfter: fault.seconds } })
      else fake.faults.add({ route, times, what: fault, accepted: fault.accepted })
    },
    down: () => fake.faults.add({ route: /./, times: muchFailing, what: { kind: 'status', status: 503 } }),
    mend: () => fake.faults.clear(),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}
