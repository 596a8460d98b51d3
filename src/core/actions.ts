import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Pressed } from './command.ts'

/** Discord allows 100 characters in a `custom_id`; Slack 255 in an `action_id`. */
export const maxTokenLength = 100

/** Makes and checks the tokens that buttons carry, so that nobody can press what we did not offer. */
export interface Actions {
  /** `verb.space.subject.argument.signature`; at most 100 characters. */
  sign(spaceId: string, pressed: Pressed): string
  /** Undefined when the token is not ours or was changed. */
  verify(token: string): (Pressed & { readonly spaceId: string }) | undefined
}

export function createActions(secret: string): Actions {
  const key = createHmac('sha256', secret).update('action tokens').digest()
  const signature = (words: string) => createHmac('sha256', key).update(words).digest().subarray(0, 12).toString('base64url')

  return {
    sign(spaceId, { verb, subject, argument }) {
      const words = [verb, packed(spaceId), packed(subject), argument].join('.')
      const token = `${words}.${signature(words)}`
      if (token.length > maxTokenLength)
        throw new RangeError(`an action token of ${token.length} characters is too long for Discord: ${verb} ${argument}`)
      return token
    },

    verify(token) {
      if (token.length > maxTokenLength) return undefined
      const [verb, space, subject, argument, signed, ...rest] = token.split('.')
      if (
        verb === undefined ||
        space === undefined ||
        subject === undefined ||
        argument === undefined ||
        signed === undefined ||
        rest.length > 0
      )
        return undefined
      const expected = Buffer.from(signature([verb, space, subject, argument].join('.')))
      const given = Buffer.from(signed)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
      return { verb, spaceId: unpacked(space), subject: unpacked(subject), argument }
    },
  }
}

/** A UUID in 22 characters instead of 36. */
export function packed(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')
}

export function unpacked(words: string): string {
  const hex = Buffer.from(words, 'base64url').toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
