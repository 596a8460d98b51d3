/** What the pings carry that ask whether our frames were read. */
const receiptPing = 'read?'

/**
 * Tells whether the other side has read what was sent.
 *
 * Frames are read in order, so the pong to a ping says that everything sent before the ping was read.
 * Only one such ping is under way at a time: peers drop those who send floods of them.
 */
export function createReceipts(ping: (data: string) => void, patienceMs: number) {
  let waiting: ((read: boolean) => void)[] = []
  let asked: ((read: boolean) => void)[] | undefined
  let timer: NodeJS.Timeout | undefined

  function ask() {
    asked = waiting
    waiting = []
    // A peer that lives but answers no pings has read it by then.
    timer = setTimeout(() => answer(true), patienceMs)
    ping(receiptPing)
  }

  function answer(read: boolean) {
    clearTimeout(timer)
    const answered = asked ?? []
    asked = undefined
    for (const resolve of answered) resolve(read)
    if (waiting.length > 0) ask()
  }

  return {
    /** Resolves once what was sent so far has been read; false when the connection broke before. */
    read(): Promise<boolean> {
      return new Promise((resolve) => {
        waiting.push(resolve)
        if (!asked) ask()
      })
    },
    onPong(data: string) {
      if (data === receiptPing) answer(true)
    },
    onLoss() {
      clearTimeout(timer)
      for (const resolve of [...(asked ?? []), ...waiting.splice(0)]) resolve(false)
      asked = undefined
    },
  }
}
