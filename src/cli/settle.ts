import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8's own: after how many collections without a run the compiled code of a function is dropped. */
const usualAge = 6

/**
 * Gives back what only starting needed: garbage, and the compiled code of what ran once. A process with little to do
 * collects seldom, and would keep both for hours. Holds everything up for about a tenth of a second.
 */
export function settle(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  setFlagsFromString('--bytecode-old-age=0')
  // What the first leaves without an owner the second takes.
  for (let time = 0; time < 2; time++) collect()
  setFlagsFromString(`--bytecode-old-age=${usualAge}`)
}
