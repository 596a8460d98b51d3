import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Question, Usage } from './questions.ts'

/** A process that is measured from outside: DuckTape as an operator runs it, or what it is compared with. */
export interface Launched extends AsyncDisposable {
  readonly pid: number
  /** Where it listens; empty when it listens nowhere. */
  readonly url: string
  /** From its start until it was ready, in milliseconds. */
  readonly readyAfter: number
  /** With `collect` garbage is collected first. */
  usage(collect?: boolean): Promise<Usage>
  ask(question: Question): Promise<unknown>
}

type Environment = Readonly<Record<string, string>>

const root = fileURLToPath(new URL('../..', import.meta.url))
const probe = new URL('probe.ts', import.meta.url).href

/** What `npm start` gives Node: little room for young objects, of which an idle process needs none, and a place to keep compiled code. */
const asStarted = { flags: ['--max-semi-space-size=4'], environment: { NODE_COMPILE_CACHE: 'node_modules/.cache/node' } } as const

/** Whichever of our processes run now, for the profiler. */
export const ducktapes = new Set<Launched>()

/** What is asked of each of them before it is ended. */
export const farewells = new Set<(launched: Launched) => Promise<void>>()

/** `ducktape start` on a free port. */
export async function launchDuckTape(environment: Environment): Promise<Launched> {
  const child = start('src/cli.ts', ['start'], { HTTP_PORT: '0', ...asStarted.environment, ...environment }, asStarted.flags)
  const began = performance.now()
  const output = await readOnce(child, /Ctrl-C stops everything/)
  const url = /Metrics\s+(?<url>http\S+?)\/metrics\s/.exec(output)?.groups?.url ?? ''
  const launched = watched(child, { url, readyAfter: performance.now() - began })
  ducktapes.add(launched)
  return launched
}

/** A script of `bench/peers`, which says `{ url }` once it is ready. */
export async function launchPeer(name: string, environment: Environment = {}): Promise<Launched> {
  const child = start(`bench/peers/${name}.ts`, [], environment)
  const began = performance.now()
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the peer ${name} ended with ${code} before it was ready`)
  })
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ readonly url: string }]
  ended.catch(() => undefined)
  return watched(child, { url, readyAfter: performance.now() - began })
}

function start(file: string, args: readonly string[], environment: Environment, flags: readonly string[] = []): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  return fork(file, args, {
    cwd: root,
    env: { PATH, HOME, ...environment },
    execArgv: [...flags, '--expose-gc', '--disable-warning=ExperimentalWarning', '--import', probe],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true, // A Ctrl-C in the terminal is for us, who stop it in order.
  })
}

/** What it printed, once that has the words; what it prints later is dropped. */
function readOnce({ stdout }: ChildProcess, words: RegExp): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let printed = ''
  stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (printed.length < 100_000) printed += text
    if (words.test(printed)) resolve(printed)
  })
  stdout?.on('end', () => reject(new Error(`it ended before it was ready:\n${printed}`)))
  return promise
}

function watched(child: ChildProcess, facts: Pick<Launched, 'url' | 'readyAfter'>): Launched {
  const waiting = new Map<number, (answer: unknown) => void>()
  const ended = once(child, 'exit')
  let asked = 0
  child.stdout?.resume()
  child.on('message', ({ probed, answer }: { readonly probed?: number; readonly answer?: unknown }) => {
    if (probed !== undefined) waiting.get(probed)?.(answer)
  })

  async function ask(question: Question): Promise<unknown> {
    const id = ++asked
    const { promise, resolve } = Promise.withResolvers<unknown>()
    waiting.set(id, resolve)
    child.send({ probe: question, id })
    const answer = await Promise.race([promise, ended.then(() => Promise.reject(new Error('the measured process has ended')))])
    waiting.delete(id)
    return answer
  }

  const launched: Launched = {
    ...facts,
    pid: child.pid ?? 0,
    ask,
    usage: async (collect = false) => (await ask({ about: 'usage', collect })) as Usage,
    async [Symbol.asyncDispose]() {
      if (ducktapes.delete(launched)) for (const farewell of farewells) await farewell(launched)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
  return launched
}
