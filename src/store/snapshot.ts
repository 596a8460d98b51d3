import { z } from 'zod'

/** What the JSON of every audited record is made of. */

export const Instant = z.string().transform((text) => Temporal.Instant.from(text))
export const Wall = z.string().transform((text) => Temporal.PlainDateTime.from(text))
export const Owned = z.object({ id: z.string(), spaceId: z.string(), version: z.number() })
