import { GatewayDispatchEvents } from 'discord-api-types/v10'

/** A dispatch as the gateway sent it. */
export interface Packet {
  readonly t: string
  /** Counts the dispatches of a session. */
  readonly s: number
  readonly d: unknown
}

/** True for the dispatches that begin or resume a session. */
export function isAboutSession({ t }: Packet): boolean {
  return t === GatewayDispatchEvents.Ready || t === GatewayDispatchEvents.Resumed
}
