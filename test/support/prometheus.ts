import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from './port.ts'

const rules = fileURLToPath(new URL('../../monitoring/', import.meta.url))

export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Prometheus extends AsyncDisposable {
  readonly url: string
  /** What a query finds now. Throws when Prometheus does not understand it. */
  query(expression: string): Promise<readonly Sample[]>
}

/** A real Prometheus of one's own with our rules, that reads `targets` (host:port) every second. */
export async function startPrometheus(program: string, targets: readonly string[]): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'ducktape-prometheus-'))
  const port = await freePort()
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ['budgets.yml', 'alerts.yml'].map((name) => join(rules, name)),
    scrape_configs: [{ job_name: 'ducktape', static_configs: [{ targets }] }],
  }
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config))
  const settings = { 'config.file': join(folder, 'prometheus.yml'), 'storage.tsdb.path': folder, 'web.listen-address': `127.0.0.1:${port}` }
  const child = spawn(
    program,
    Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
  )
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stderr })) if (line.includes('ready to receive web requests')) break
  child.stderr.resume()
  const url = `http://127.0.0.1:${port}`

  return {
    url,
    async query(expression) {
      const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query: expression }) })
      const answer = (await response.json()) as Answer
      if (answer.status !== 'success') throw new RangeError(`${answer.error}: ${expression}`)
      return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Answer =
  | { readonly status: 'error'; readonly error: string }
  | {
      readonly status: 'success'
      readonly data: { readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly value: [number, string] }[] }
    }
