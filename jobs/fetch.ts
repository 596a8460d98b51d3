import { BotError } from '#core/errors.ts'
import type { Platform } from '#core/message.ts'
import type { Messenger } from '#core/ports.ts'

/** What is in a file that somebody sent on a platform, or why we may not have it. Throws `BotError` for what may pass. */
export type Download = (platform: Platform, url: string) => Promise<Uint8Array | { readonly kind: 'refused'; readonly why: string }>

/** Files come from where the messages come from. */
export function createDownload(messengers: readonly Messenger[], mostBytes: number): Download {
  return async (platform, url) => {
    const messenger = messengers.find((each) => each.platform === platform)
    if (!messenger?.download) return { kind: 'refused', why: 'I cannot read files there.' }
    try {
      return await messenger.download(url, mostBytes)
    } catch (cause) {
      if (!(cause instanceof BotError) || cause.code !== 'rejected') throw cause
      return { kind: 'refused', why: `I could not have the file: ${cause.reason ?? cause.message}.` }
    }
  }
}
