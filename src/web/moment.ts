import { z } from 'zod'

/** A moment with its offset, to the nanosecond at most. */
export const Moment = z.iso
  .datetime({ offset: true })
  .max(40)
  .regex(/^[^.]+(?:\.\d{1,9}(?!\d).*)?$/, { error: 'at most nine digits of a second' })
