import { z } from 'zod'

export function unknownTimeZone(name: string): string {
  return `"${name}" is not a time zone. Use an IANA name such as "Europe/Berlin" or "America/New_York", or an offset such as "+02:00".`
}

export const TimeZone = z.string().max(64).describe('IANA name or offset (`-02:00`)')
