import { hash } from 'node:crypto'

/**
 * Where a message carries its mark.
 *
 * `nonce` with `enforce_nonce` makes Discord itself refuse a double for a few minutes, but history does
 * not show it again. The url of the first embed is shown in history, is not changed by Discord, and is
 * invisible to people, since only an embed's title links to it and ours has none. Its host must be one
 * with a top level domain.
 */
const base = 'https://discord.com/#ducktape-'

/** At most 25 characters, as a nonce may have. */
export function nonceOf(mark: string): string {
  return hash('sha256', mark, 'base64url').slice(0, 22)
}

export function urlOf(mark: string): string {
  return base + nonceOf(mark)
}

export function isMarked(url: string | undefined): url is string {
  return url?.startsWith(base) ?? false
}
