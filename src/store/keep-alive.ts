import type { Logger } from 'pino'

/** Between two looks whether it is there, and at most between two tries to bring it back, in milliseconds. */
const lookEvery = 1_000
const longestRest = 5_000

export interface Mortal {
  readonly name: string
  isAlive(): Promise<boolean>
  revive(): Promise<void>
}

/** Brings something back that was killed: by hand, or for want of memory. Disposing waits for the look at work. */
export function keepAlive({ name, isAlive, revive }: Mortal, log: Logger): AsyncDisposable {
  let rest = lookEvery
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      if (!(await isAlive())) {
        log.error({ name }, 'it has ended: starting it again')
        await revive()
        log.warn({ name }, 'it runs again')
      }
      rest = lookEvery
    } catch (err) {
      log.error({ err, name }, 'it does not start again yet')
      rest = Math.min(rest * 2, longestRest)
    }
    wait()
  }

  function wait(): void {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look()
    }, rest).unref()
  }

  wait()
  return {
    async [Symbol.asyncDispose]() {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}
