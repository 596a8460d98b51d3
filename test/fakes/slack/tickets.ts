import { randomBytes, randomUUID } from 'node:crypto'
import { periods } from './options.ts'

export interface ResponseTarget {
  readonly channel: string
  readonly user: string
  readonly thread?: string | undefined
  /** The message that carried the button. */
  readonly message?: { readonly ts: string; readonly ephemeral: boolean } | undefined
}

/** The things Slack hands out that are good for a while or for a number of uses. */
export function createTickets(scaled: (ms: number) => number) {
  const triggers = new Map<string, { readonly at: number; used: boolean }>()
  const responses = new Map<string, { readonly at: number; uses: number; readonly target: ResponseTarget }>()
  const sockets = new Map<string, number>()
  const expired = (at: number, period: number) => performance.now() - at > scaled(period)

  return {
    issueTrigger(): string {
      const id = `${Math.floor(Math.random() * 1e12)}.${Math.floor(Math.random() * 1e9)}.${randomBytes(16).toString('hex')}`
      triggers.set(id, { at: performance.now(), used: false })
      return id
    },
    useTrigger(id: string): 'ok' | 'invalid_trigger_id' | 'expired_trigger_id' {
      const trigger = triggers.get(id)
      if (!trigger || trigger.used) return 'invalid_trigger_id'
      trigger.used = true
      return expired(trigger.at, periods.trigger) ? 'expired_trigger_id' : 'ok'
    },

    issueResponse(target: ResponseTarget): string {
      const id = randomBytes(12).toString('hex')
      responses.set(id, { at: performance.now(), uses: 0, target })
      return id
    },
    useResponse(id: string): ResponseTarget | 'unknown_url' | 'used_url' | 'expired_url' {
      const response = responses.get(id)
      if (!response) return 'unknown_url'
      if (expired(response.at, periods.responseUrl)) return 'expired_url'
      response.uses += 1
      return response.uses > 5 ? 'used_url' : response.target
    },

    issueSocket(): string {
      const id = randomUUID()
      sockets.set(id, performance.now())
      return id
    },
    /** A socket's address opens one connection, within half a minute. */
    useSocket(id: string): boolean {
      const at = sockets.get(id)
      sockets.delete(id)
      return at !== undefined && !expired(at, periods.ticket)
    },
  }
}
