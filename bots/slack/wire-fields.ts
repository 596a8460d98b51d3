import { z } from 'zod'

/** What the fields of Slack's payloads hold, of bounded size. */

/** Leaves room for the rest of the payload below the 64 KiB that the inbox keeps. */
const maxWordBytes = 48_000

/** Text that every part behind this door can store: no lone surrogates, no NUL, and of bounded size. */
export const Words = z.string().transform((text) => {
  let clean = text.toWellFormed().replaceAll('\0', '')
  for (let size = storedBytes(clean); size > maxWordBytes; size = storedBytes(clean))
    clean = clean.slice(0, Math.floor((clean.length * maxWordBytes) / size) - 1).toWellFormed()
  return clean
})

function storedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text))
}

export const Id = z.string().min(1).max(255)
export const Name = z.string().max(255)
/** Seconds since the epoch with six decimals, `1700000000.000100`. */
export const Timestamp = z.string().max(32)

/** Who acted, of interactions. */
export const Actor = z.object({ id: Id, name: Name.optional(), username: Name.optional(), team_id: Id.optional() })
export type Actor = z.output<typeof Actor>

/** Only Bolt looks at these. */
export const installation = {
  is_enterprise_install: z.union([z.string(), z.boolean()]).optional(),
  enterprise: z.object({ id: Id }).nullish(),
}

/** Of events: for whom the app hears them. Only Bolt looks at these as well. */
export const authorizations = z
  .array(
    z.object({
      team_id: Id.nullish(),
      user_id: Id.optional(),
      is_bot: z.boolean().optional(),
      is_enterprise_install: z.boolean().optional(),
    }),
  )
  .max(10)
  .optional()
