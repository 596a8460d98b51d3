import { createHash, randomBytes } from 'node:crypto'
import { newId } from '#core/ids.ts'
import type { Clock } from '#core/ports.ts'
import type { Database } from './client.ts'
import { toInstant } from './instants.ts'

export interface ListedToken {
  readonly id: string
  readonly name: string
  readonly createdAt: Temporal.Instant
}

/** Random enough that a plain hash protects it: there is no dictionary of 256-bit numbers. */
const bytes = 32

export function createTokens(database: Database, { clock }: { readonly clock: Clock }) {
  return {
    /** The token, which is shown this once. `user` is whom it acts as. */
    async create(user: string, name: string): Promise<string> {
      const token = `duck_${randomBytes(bytes).toString('base64url')}`
      await database.apiToken.create({ data: { id: newId(clock.now()), hash: hashOf(token), userId: user, name } })
      return token
    },

    async holder(token: string): Promise<{ readonly user: string; readonly name: string } | undefined> {
      const row = await database.apiToken.findUnique({ where: { hash: hashOf(token) } })
      return row ? { user: row.userId, name: row.name } : undefined
    },

    async exist(): Promise<boolean> {
      return (await database.apiToken.findFirst({ select: { id: true } })) !== null
    },

    async list(): Promise<readonly ListedToken[]> {
      const rows = await database.apiToken.findMany({ orderBy: { id: 'asc' } })
      return rows.map(({ id, name, createdAt }) => ({ id, name, createdAt: toInstant(createdAt) }))
    },

    /** False when there was none of that id. */
    async revoke(id: string): Promise<boolean> {
      const { count } = await database.apiToken.deleteMany({ where: { id } })
      return count > 0
    },
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
