import { meaningOf } from '#commands/unreachable.ts'
import { placeKey } from '#core/model.ts'
import type { DeadLetters } from '#core/ports.ts'
import type { Admin } from '#web/ports.ts'

/** As many at a time when all are told again. */
const page = 200

/** What operators see of what was given up on, and how they bring it on its way again. */
export function createAdmin(deadLetters: DeadLetters): Admin {
  async function retry(ids: readonly string[]): Promise<number> {
    let retried = 0
    for (const id of ids) if (await deadLetters.retry(id)) retried += 1
    return retried
  }

  return {
    async deadLetters(asked) {
      const found = await deadLetters.list(asked)
      return found.map(({ to, ...letter }) => ({ ...letter, place: placeKey(to), meaning: meaningOf(letter.reason) }))
    },
    async retry(ids) {
      if (ids) return retry(ids)
      let retried = 0
      let before: string | undefined
      for (;;) {
        const letters = await deadLetters.list({ limit: page, ...(before === undefined ? {} : { before }) })
        retried += await retry(letters.map(({ id }) => id))
        before = letters.at(-1)?.id
        if (letters.length < page) return retried
      }
    },
  }
}
