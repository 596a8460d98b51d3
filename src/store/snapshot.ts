import { z } from 'zod'
import { platforms } from '#core/message.ts'

/** What the JSON of every audited record is made of. */

export const Instant = z.string().transform((text) => Temporal.Instant.from(text))
export const Wall = z.string().transform((text) => Temporal.PlainDateTime.from(text))
export const Owned = z.object({ id: z.string(), spaceId: z.string(), version: z.number() })

export const PlaceJson = z.object({
  platform: z.enum(platforms),
  space: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  kind: z.enum(['direct', 'channel']),
})
