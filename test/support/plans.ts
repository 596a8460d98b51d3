import pg from 'pg'
import { vi } from 'vitest'

interface Statement {
  /** With one its plan may be made once for all values. */
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
}

const query_ = pg.Client.prototype.query

/** What Postgres was asked during a call. */
async function askedBy(call: () => Promise<unknown>): Promise<readonly Statement[]> {
  const asked: Statement[] = []
  const watched = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [query] = args
    if (typeof query === 'object' && query !== null && 'text' in query && 'values' in query) asked.push(query as Statement)
    return Reflect.apply(query_, this, args)
  })
  try {
    await call()
  } finally {
    watched.mockRestore()
  }
  return asked.filter(({ text }) => /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|\()/i.test(text))
}

/** Tables with so many rows are too large to be read as a whole. */
const large = 3_000

interface Line {
  readonly 'QUERY PLAN': string
}

export interface Plans extends AsyncDisposable {
  /** How Postgres goes about a statement; with a name also when it does not know the values. */
  explain(statement: Statement): Promise<string>
  /** How it goes about every statement that a call makes. */
  of(call: () => Promise<unknown>): Promise<string>
  /** The large tables that it reads as a whole. */
  wholeTables(plan: string): Promise<readonly string[]>
}

export async function openPlans(url: string): Promise<Plans> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()

  async function explain({ name, text, values }: Statement): Promise<string> {
    const { rows } = await client.query<Line>(`EXPLAIN ${text}`, [...values])
    const { rows: general } = name === undefined ? { rows: [] } : await client.query<Line>(`EXPLAIN (GENERIC_PLAN) ${text}`)
    return [text.trim(), ...[...rows, ...general].map((row) => row['QUERY PLAN'])].join('\n')
  }

  return {
    explain,
    async of(call) {
      const plans: string[] = []
      for (const statement of await askedBy(call)) plans.push(await explain(statement))
      return plans.join('\n')
    },
    async wholeTables(plan) {
      const read = [...plan.matchAll(/Seq Scan on "?(?<table>\w+)/g)].map(({ groups }) => groups?.table)
      const { rows } = await client.query<{ name: string }>(
        'SELECT relname AS name FROM pg_class WHERE reltuples >= $1 AND relname = ANY($2)',
        [large, read],
      )
      return rows.map(({ name }) => name)
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
