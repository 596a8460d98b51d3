import { homeOfAccount } from '#core/account.ts'
import type { Press, Sentence } from '#core/message.ts'
import { printable } from './encode.ts'

/** Who sits at the page, as the web server found out. */
export interface Visitor {
  /** As `core/account.ts` words it. */
  readonly user: string
  readonly name: string
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

function received({ user, name, timeZone, locale, admin = false }: Visitor, { id, at, again }: Arrival) {
  const { place, author } = homeOfAccount(user)
  const isOfPage = place.platform === 'web'
  // Who came from Slack has a zone there, which is told with each message; of others the browser knows best.
  const zone = timeZone === undefined || place.platform === 'slack' ? {} : { timeZone }
  return {
    // Ids are chosen by clients, so each person has their own.
    id: `${user}/${id}`,
    at,
    place,
    author: { ...author, ...(isOfPage ? { name, manages: admin } : {}), ...zone, ...(locale === undefined ? {} : { locale }) },
    // What somebody of a chat says here is no message there, that could be shown anew when it changes.
    private: !isOfPage,
    ...(again ? { again } : {}),
  } as const
}
