import { randomBytes } from 'node:crypto'
import { newId } from '#core/ids.ts'
import type { Clock } from '#core/ports.ts'
import { hashOfSecret } from '#core/secrets.ts'
import type { Database } from './client.ts'
import { toInstant } from './instants.ts'
import { spend } from './spend.ts'

export interface Holder {
  readonly user: string
  readonly name: string
  readonly admin: boolean
}

export interface ListedToken {
  readonly id: string
  readonly name: string
  /** Whose it is, where that is not whoever runs this. */
  readonly person: string | null
  readonly admin: boolean
  readonly createdAt: Temporal.Instant
}

/** Random enough that a plain hash protects it: there is no dictionary of 256-bit numbers. */
const bytes = 32

export function createTokens(database: Database, { clock }: { readonly clock: Clock }) {
  return {
    /**
     * The token, which is shown this once. `user` is whom it acts as, `person` what others call them; `admin` lets them
     * see queues as well.
     */
    async create(user: string, name: string, { admin = false, person }: { admin?: boolean; person?: string } = {}): Promise<string> {
      const token = `duck_${randomBytes(bytes).toString('base64url')}`
      await database.apiToken.create({
        data: { id: newId(clock.now()), hash: hashOfSecret(token), userId: user, name, admin, person: person ?? null },
      })
      return token
    },

    async holder(token: string): Promise<Holder | undefined> {
      return holderOf(await database.apiToken.findFirst({ where: { hash: hashOfSecret(token) } }))
    },

    /** Whom the token of that id lets in; undefined once it was revoked. */
    async holderById(id: string): Promise<Holder | undefined> {
      return holderOf(await database.apiToken.findFirst({ where: { id } }))
    },

    /** True for the first who asks: what is spent cannot be spent again. */
    spend: (nonce: string): Promise<boolean> => spend(database, nonce),

    async exist(): Promise<boolean> {
      return (await database.apiToken.findFirst({ select: { id: true } })) !== null
    },

    async list(): Promise<readonly ListedToken[]> {
      const rows = await database.apiToken.findMany({ orderBy: { id: 'asc' } })
      return rows.map(({ id, name, person, admin, createdAt }) => ({ id, name, person, admin, createdAt: toInstant(createdAt) }))
    },

    /** False when there was none of that id. */
    async revoke(id: string): Promise<boolean> {
      const { count } = await database.apiToken.deleteMany({ where: { id } })
      return count > 0
    },
  }
}

function holderOf(row: (Omit<ListedToken, 'id' | 'createdAt'> & { readonly userId: string }) | null): Holder | undefined {
  return row ? { user: row.userId, name: row.person ?? row.name, admin: row.admin } : undefined
}
