import type { Circuit } from './ports.ts'

/** No breaker: every call goes through. */
export const direct: Circuit = { run: (call) => call() }
