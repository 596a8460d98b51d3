import { describe, expect, it } from 'vitest'
import { BotError, type ErrorCode } from '#core/errors.ts'
import { createCircuit } from '#net/circuit.ts'

const timing = { failures: 3, firstRest: 30, longestRest: 60 }

function opened() {
  const states: string[] = []
  const circuit = createCircuit({ name: 'Slack', observe: (state) => states.push(state), timing })
  const fails = (code: ErrorCode) =>
    circuit.run(async () => Promise.reject(new BotError(code, 'no'))).catch((error: BotError) => [error.code, error.retryAfter])
  return { states, circuit, fails }
}

describe('a breaker', () => {
  it('opens after failures in a row, and refuses without calling', async () => {
    const { states, circuit, fails } = opened()
    for (let index = 0; index < 3; index += 1) expect(await fails('unreachable')).toEqual(['unreachable', undefined])
    const calls: string[] = []
    const refused = await circuit.run(async () => void calls.push('one')).catch((error: BotError) => error)
    expect(refused).toMatchObject({ code: 'resting', message: 'Slack has failed too often and is left alone for a moment' })
    expect(refused).toHaveProperty('retryAfter', expect.any(Number))
    expect([calls, states]).toEqual([[], ['closed', 'open']])
  })

  it.each(['rate_limited', 'rejected', 'unauthorized'] as const)('takes %s for an answer', async (code) => {
    const { states, fails } = opened()
    for (let index = 0; index < 6; index += 1) await fails(code)
    expect(states).toEqual(['closed'])
  })

  it('forgets failures when a call between them arrives', async () => {
    const { states, circuit, fails } = opened()
    for (let index = 0; index < 6; index += 1) {
      await fails('unreachable')
      if (index % 2 === 1) await circuit.run(async () => undefined)
    }
    expect(states).toEqual(['closed'])
  })

  it('is half open as soon as it has rested, and lets one call through while the others wait for what becomes of it', async () => {
    const { states, circuit, fails } = opened()
    for (let index = 0; index < 3; index += 1) await fails('unreachable')
    await expect.poll(() => states.at(-1)).toBe('half-open')
    const probe = Promise.withResolvers<string>()
    const calls: string[] = []
    const first = circuit.run(() => probe.promise)
    const second = circuit.run(async () => void calls.push('second'))
    expect(calls).toEqual([])
    probe.resolve('there')
    expect(await first).toBe('there')
    await second
    expect([calls, states]).toEqual([['second'], ['closed', 'open', 'half-open', 'closed']])
  })
})
