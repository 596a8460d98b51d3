import { describe, expect, it } from 'vitest'
import { tooFewFiles } from '../bench/load/limits.ts'
import { tableOfLoad } from '../bench/load/record.ts'
import { loadSockets } from '../bench/load/sockets.ts'
import { stress } from '../bench/load/stress.ts'
import { openTestDatabase } from './support/database.ts'

/** A whole program is started for each: on a busy machine that takes a while. */
const patience = 120_000

describe('the load tests, for a moment', () => {
  it(
    'hold connections, ask, and say what it cost',
    async () => {
      await using database = await openTestDatabase()
      const lines: string[] = []
      const load = { databaseUrl: database.url, connections: 30, duration: 2, rate: 5, tell: (line: string) => void lines.push(line) }
      const report = await loadSockets(load)
      expect(report.errors).toEqual({})
      expect(report.latency.connect?.samples).toBe(30)
      expect(report.latency.command?.samples).toBeGreaterThan(0)
      expect(report.figures['memory of the server, all connected, MB']).toBeGreaterThan(20)
      expect(lines.join('\n')).toContain('30 connections are held by one process')
      expect(tableOfLoad(report)).toContain('No errors.')
    },
    patience,
  )

  it(
    'let people of all platforms write and be reminded',
    async () => {
      await using database = await openTestDatabase()
      const report = await stress({ databaseUrl: database.url, users: 40, duration: 2, rate: 20, tell: () => undefined })
      expect(report.errors).toEqual({})
      const kinds = ['slack', 'discord', 'web'].flatMap((platform) => [`${platform}: answer`, `${platform}: lateness`])
      expect(Object.keys(report.latency).toSorted()).toEqual(kinds.toSorted())
    },
    patience,
  )

  it('say what to change where a process may not hold as many connections', () => {
    expect(tooFewFiles(10)).toBeUndefined()
    const hint = tooFewFiles(1e12)
    if (hint !== undefined) expect(hint).toMatch(/prlimit --pid \$\$ --nofile=1000000000200/)
  })
})
