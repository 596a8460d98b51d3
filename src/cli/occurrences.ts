import { parseArgs } from 'node:util'
import { z } from 'zod'
import { occurrencesOf } from '#calendar/file-rule.ts'
import { answerLines, checked } from './lines.ts'

const Request = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  rrule: z.string().max(2_000),
  dtstart: z.string().max(40),
  timeZone: z.string().max(64).default('UTC'),
  exdate: z.array(z.string().max(40)).max(1_000).default([]),
  limit: z.int().min(1).max(1_000).default(10),
})

/** Expands rules (RFC 5545) from standard input, one request a line. */
export async function run(words: readonly string[]): Promise<void> {
  // Lines are all it reads; that they are JSON may be said.
  parseArgs({ args: [...words], options: { jsonl: { type: 'boolean' } } })
  return answerLines((request) => {
    const { id, ...rule } = checked(Request, request)
    return { ...(id === undefined ? {} : { id }), occurrences: occurrencesOf(rule) }
  })
}
