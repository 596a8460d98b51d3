import type { WebSocket } from 'ws'
import type { ServerFrame } from './frames.ts'
import type { WebMeter } from './ports.ts'

/** How many bytes may wait for a reader before it is dropped. */
export const maxBufferedBytes = 1_048_576

/** RFC 6455 section 7.4.1, and the registry that it founds. */
export const closeCode = { goingAway: 1001, policy: 1008, tryAgainLater: 1013 } as const

/** What leaves through one socket. */
export function createOutbox(socket: WebSocket, meter: WebMeter) {
  let due: string[] = []
  let slow = false

  function write(json: string): void {
    if (slow || socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount + json.length > maxBufferedBytes) {
      slow = true
      meter.dropped('slow')
      socket.close(closeCode.tryAgainLater, 'Too slow: frames are waiting to be read')
      return
    }
    socket.send(json)
    meter.message('out')
  }

  function flush(): void {
    const frames = due
    due = []
    const [only] = frames
    if (frames.length === 1 && only !== undefined) write(only)
    else write(`{"type":"batch","items":[${frames.join(',')}]}`)
  }

  return {
    /** At once: answers. */
    send: (frame: ServerFrame) => write(JSON.stringify(frame)),

    /** With whatever else is due in this turn, in one frame: what nobody asked for at this moment. */
    queue(json: string): void {
      if (due.push(json) === 1) setImmediate(flush)
    },
  }
}
