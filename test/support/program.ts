import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { inherited } from './child.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The program as an operator runs it: a process of its own, seen from outside. */
export interface Program extends AsyncDisposable {
  readonly pid: number
  /** Where the page is; undefined when this process serves none. */
  readonly url: string | undefined
  /** Where `/health`, `/ready` and `/metrics` are. */
  readonly watchUrl: string
  /** Everything it has printed. */
  output(): string
  /** Ends it and says how long that took and how it ended. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly seconds: number }>
}

export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** Starts `ducktape start` and waits until it says that it is ready. Throws with what it printed when it ends before. */
export async function startProgram(environment: Readonly<Record<string, string>>, command = direct(['start'])): Promise<Program> {
  const { child, output } = launch(command, environment)
  const ended = once(child, 'exit') as Promise<[number | null]>
  const ready = new Promise<void>((resolve) => {
    const look = () => output().includes('Ctrl-C stops everything') && resolve()
    child.stdout?.on('data', look)
  })
  await Promise.race([
    ready,
    ended.then(([code]) => {
      throw new Error(`the program ended with ${code} before it was ready:\n${output()}`)
    }),
  ])

  async function stop(signal: NodeJS.Signals) {
    const began = performance.now()
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const [code] = await ended
    return { code, seconds: (performance.now() - began) / 1_000 }
  }

  return {
    pid: child.pid ?? 0,
    watchUrl: /Metrics\s+(?<url>http\S+?)\/metrics\s/.exec(output())?.groups?.url ?? '',
    url: /Page\s+(?<url>http\S+?)\/\s/.exec(output())?.groups?.url,
    output,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL')
    },
  }
}

/** Runs a verb to its end. */
export async function runVerb(words: readonly string[], environment: Readonly<Record<string, string>>, input?: string): Promise<Ended> {
  const { child, output } = launch(direct(words), environment)
  child.stdin?.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: output() }
}

/** As an operator starts it: npm, and a shell of npm's between us and the program. */
export const byNpm: Command = ['npm', ['start']]

type Command = readonly [file: string, args: readonly string[]]

function direct(words: readonly string[]): Command {
  return [process.execPath, ['--disable-warning=ExperimentalWarning', 'src/cli.ts', ...words]]
}

function launch([file, args]: Command, environment: Readonly<Record<string, string>>): { readonly child: ChildProcess; output(): string } {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...inherited, HTTP_PORT: '0', ...environment },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
    })
  }
  return { child, output: () => printed }
}
