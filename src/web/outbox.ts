import type { Connection } from './connection.ts'
import type { ServerFrame } from './frames.ts'
import type { WebMeter } from './ports.ts'

/** How many bytes may wait for a reader before it is dropped. */
const maxBufferedBytes = 1_048_576

/** RFC 6455 section 7.4.1, and the registry that it founds. */
export const closeCode = { goingAway: 1001, policy: 1008, restart: 1012, tryAgainLater: 1013 } as const

export interface Outbox {
  /** At once: answers. */
  send(connection: Connection, frame: ServerFrame): void
  /** With whatever else is due in this turn, in one frame: JSON that nobody asked for at this moment. */
  queue(connection: Connection, json: string): void
}

export function createOutbox(meter: WebMeter): Outbox {
  function write(connection: Connection, json: string): void {
    const { socket } = connection
    if (connection.slow || socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount + json.length > maxBufferedBytes) {
      connection.slow = true
      meter.dropped('slow')
      socket.close(closeCode.tryAgainLater, 'Too slow: frames are waiting to be read')
      return
    }
    socket.send(json)
    meter.message('out')
  }

  function flush(connection: Connection): void {
    const frames = connection.due ?? []
    connection.due = undefined
    write(connection, frames.length === 1 ? frames.join() : `{"type":"batch","items":[${frames.join(',')}]}`)
  }

  return {
    send: (connection, frame) => write(connection, JSON.stringify(frame)),
    queue(connection, json) {
      if (connection.due) {
        connection.due.push(json)
        return
      }
      connection.due = [json]
      setImmediate(flush, connection)
    },
  }
}
