import type { Handled } from './command.ts'
import type { Reply, Tone } from './reply.ts'

/** What is worth most attention, first: one refusal among several answers is not to be overlooked. */
const tones: readonly Tone[] = ['problem', 'ask', 'done', 'ring', 'tell']
const outcomes: readonly Handled['outcome'][] = ['failed', 'done', 'asked', 'refused', 'told', 'ignored']

/** The answers to several requests of one message, one below the other. What only its author may see makes the whole theirs. */
export function inOne(handled: readonly Handled[]): Handled {
  const replies = handled.flatMap(({ reply }) => (reply ? [reply] : []))
  const outcome = outcomes.find((each) => handled.some((one) => one.outcome === each)) ?? 'ignored'
  if (replies.length === 0) return { intent: 'batch.create', outcome }
  const reply: Reply = {
    tone: tones.find((each) => replies.some(({ tone }) => tone === each)) ?? 'tell',
    visibility: replies.some(({ visibility }) => visibility === 'author') ? 'author' : 'place',
    blocks: replies.flatMap(({ blocks }) => blocks),
  }
  return { reply, intent: 'batch.create', outcome }
}
