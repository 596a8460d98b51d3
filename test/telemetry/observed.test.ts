import { describe, expect, it } from 'vitest'
import type { Handled } from '#core/command.ts'
import type { Sentence } from '#core/message.ts'
import { createLog } from '#telemetry/log.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { observed } from '#telemetry/observed.ts'

const message: Sentence = {
  kind: 'sentence',
  id: 'm1',
  at: Temporal.Instant.from('2026-11-24T20:00:00Z'),
  place: { platform: 'web', space: 'local', channel: 'me', kind: 'direct' },
  author: { id: 'me', name: 'Me' },
  text: 'my darkest secret',
  addressed: true,
  private: false,
}

function watch(handle: () => Promise<Handled>) {
  const written: string[] = []
  const metrics = createMetrics()
  const times = [10, 10.25]
  const log = createLog({ level: 'debug', pretty: false, to: { write: (line) => written.push(line) } })
  return { written, metrics, deliver: observed(handle, { metrics, log, seconds: () => times.shift() ?? 0 }) }
}

describe('the observed engine', () => {
  it('gives back the reply and times the command', async () => {
    const reply = { tone: 'done', visibility: 'place', blocks: [] } as const
    const { deliver, metrics, written } = watch(async () => ({ reply, intent: 'note.create', outcome: 'done' }))
    expect(await deliver(message)).toBe(reply)
    expect(await metrics.text()).toContain('ducktape_command_duration_seconds_sum{platform="web",intent="note.create",outcome="done"} 0.25')
    expect(written.join('')).not.toContain('darkest')
  })

  it('logs a failure once, counts it, and passes it on', async () => {
    const failure = new Error('the database is on fire')
    const { deliver, metrics, written } = watch(async () => {
      throw failure
    })
    await expect(deliver(message)).rejects.toBe(failure)
    expect(written).toHaveLength(1)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      level: 'error',
      platform: 'web',
      messageId: 'm1',
      err: { message: failure.message },
    })
    expect(written[0]).not.toContain('darkest')
    expect(await metrics.text()).toContain('ducktape_command_duration_seconds_count{platform="web",intent="unknown",outcome="failed"} 1')
  })
})
