import { pino } from 'pino'
import { createMemoryInbox, type MemoryInbox } from '#bots/memory/inbox.ts'
import type { Timing } from '#bots/slack/connection.ts'
import { createSlackBot } from '#bots/slack/index.ts'
import { commands, events, scopes } from '#bots/slack/manifest.ts'
import { createSlackMessenger } from '#bots/slack/send.ts'
import type { Bot, BotMeter, Inbox } from '#core/ports.ts'
import type { Shown, Stage } from '../contracts/bot.ts'
import { type FakeSlack, openFakeSlack } from '../fakes/slack/index.ts'
import type { FakeSlackOptions } from '../fakes/slack/options.ts'

/** What a bot reported, in order. */
export interface Reported extends BotMeter {
  readonly of: (what: string) => readonly unknown[]
}

export function createMeter(fake: FakeSlack): Reported {
  const all: { what: string; value: unknown }[] = []
  // In the emulator's journal as well, so that a test can wait for it.
  const report = (what: string) => (_platform: string, value?: unknown) => {
    all.push({ what, value })
    fake.journal.record('meter', { what, value })
  }
  return {
    arrived: report('arrived'),
    acked: report('acked'),
    replied: report('replied'),
    unanswered: report('unanswered'),
    connected: report('connected'),
    reconnected: report('reconnected'),
    rateLimited: report('rateLimited'),
    of: (what) => all.filter((entry) => entry.what === what).map(({ value }) => value),
  }
}

/** The same patience as in use, at a test's pace. */
export const brisk: Partial<Timing> = {
  hello: 1_500,
  ping: 100,
  silence: 450,
  drain: 50,
  close: 50,
  retry: 20,
  maxRetry: 100,
  recovery: 200,
  keep: 300,
  answerWithAck: 300,
  finish: 1_000,
}

export interface SlackStage extends Stage {
  readonly fake: FakeSlack
  readonly inbox: MemoryInbox
  readonly meter: Reported
  /** Resolves as soon as the condition holds; it is looked at whenever something happens. */
  until(condition: () => boolean): Promise<void>
  /** Another process on the same workspace and inbox. */
  another(more?: Partial<Parameters<typeof createSlackBot>[0]>): Bot
}

/** `callTimeoutMs`: short where a test lets a call hang; in use it is 10 s. */
export async function openSlackStage(options: FakeSlackOptions = {}, callTimeoutMs = 10_000): Promise<SlackStage> {
  // What the manifest asks for is what the emulated workspace grants.
  const granted = { scopes, commands: commands.map(({ command }) => command), events: [...events, 'message.channels'] }
  const fake = await openFakeSlack({ ...granted, ...options })
  const inbox = createMemoryInbox()
  const watched: Inbox = {
    async keep(entry) {
      const result = await inbox.keep(entry)
      fake.journal.record('kept', { id: entry.id, result })
      return result
    },
    async finish(platform, id) {
      await inbox.finish(platform, id)
      fake.journal.record('finished', { id })
    },
    async abandoned(platform) {
      const found = await inbox.abandoned(platform)
      if (found.length > 0) fake.journal.record('looked for abandoned', { found: found.length })
      return found
    },
  }
  const meter = createMeter(fake)
  const log = pino({ level: 'silent' })
  const { ann, bob, general } = fake.workspace
  let seen = 0

  function another(more: Partial<Parameters<typeof createSlackBot>[0]> = {}): Bot {
    const { botToken, appToken, apiUrl } = fake
    const messenger = createSlackMessenger({ token: botToken, apiUrl, meter, log, timeoutMs: callTimeoutMs })
    return createSlackBot({ botToken, appToken, apiUrl, inbox: watched, meter, log, messenger, timing: brisk, callTimeoutMs, ...more })
  }

  async function until(condition: () => boolean) {
    while (!condition()) await fake.journal.wait(() => true, { from: fake.journal.entries().length })
  }

  return {
    fake,
    inbox,
    meter,
    until,
    another,
    bot: another(),
    space: 'T0DUCKPOND',
    ann: ann.id,
    bob: bob.id,
    channel: general.id,

    async writes(text) {
      void fake.people.dm(ann.id, text)
    },
    async edits(text) {
      const { id, messages } = fake.workspace.directWith(ann.id)
      const last = [...messages.values()].findLast(({ user }) => user === ann.id)
      fake.people.edit(ann.id, id, last?.ts ?? '', text)
    },
    mentions: async (text) => void fake.people.mention(ann.id, general.id, text),
    commands: async (text) => void fake.people.slash(ann.id, general.id, '/duck', text),
    presses: async (message, label) => void fake.press(ann.id, message.id, label),
    async fillsIn(message, label, text) {
      const from = fake.journal.entries().length
      void fake.press(ann.id, message.id, label)
      await fake.journal.wait(({ kind }) => kind === 'view', { from })
      void fake.people.submit(ann.id, { line: { text: { type: 'plain_text_input', value: text } } })
    },
    redelivers: async () => void fake.people.redeliver(),

    async next() {
      const entry = await fake.journal.wait(({ kind }) => kind === 'shown', { from: seen })
      seen = entry.index + 1
      const found = fake.shown().find(({ id }) => id === entry.detail.ts)
      if (!found) throw new Error('what was shown is gone again')
      return found
    },

    shown: (): readonly Shown[] => fake.shown(),
    async settled() {
      const idle = () => fake.outstanding() === 0 && inbox.unfinished().length === 0
      await until(idle)
      // One more round trip: what an event set off behind its ack has begun by then.
      await fake.people.globalShortcut(ann.id, 'nothing')
      await new Promise((resolve) => setImmediate(resolve))
      await until(idle)
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  }
}
