import type { Press, Sentence } from '#core/message.ts'
import { printable } from './encode.ts'

/** Who sits at the page, as the web server found out. */
export interface Visitor {
  readonly user: string
  readonly name: string
  readonly space: string
  readonly timeZone?: string
  readonly locale?: string
  /** Whether what they signed in with is for those who manage everything here. */
  readonly admin?: boolean
  /** The socket they speak through. */
  readonly session?: string
}

interface Arrival {
  readonly id: string
  readonly at: Temporal.Instant
  /** True when an earlier try of the same sentence was kept and not answered. */
  readonly again: boolean
}

export function decodeSentence(visitor: Visitor, text: string, arrival: Arrival): Sentence {
  return { ...received(visitor, arrival), kind: 'sentence', text: printable(text), addressed: true }
}

export function decodePress(
  visitor: Visitor,
  { token, line, text }: { readonly token: string; readonly line: string | undefined; readonly text: string | undefined },
  arrival: Arrival,
): Press {
  const carrier = line === undefined ? {} : { carrier: { channel: visitor.user, id: line } }
  const typed = text === undefined ? {} : { text: printable(text) }
  return { ...received(visitor, arrival), kind: 'press', token, ...carrier, ...typed }
}

function received({ user, name, space, timeZone, locale, admin = false }: Visitor, { id, at, again }: Arrival) {
  return {
    // Ids are chosen by clients, so each person has their own.
    id: `${user}/${id}`,
    at,
    place: { platform: 'web', space, channel: user, kind: 'direct' },
    author: {
      ...{ id: user, name, manages: admin },
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(locale === undefined ? {} : { locale }),
    },
    private: false,
    ...(again ? { again } : {}),
  } as const
}
