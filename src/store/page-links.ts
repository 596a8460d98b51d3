import { newId } from '#core/ids.ts'
import { linkLifetime, type PageLinks } from '#core/page-links.ts'
import { hashOfSecret } from '#core/secrets.ts'
import type { Database } from './client.ts'
import { toDate } from './instants.ts'
import type { Holder } from './tokens.ts'

/** How long whoever came by a link may be signed in, in seconds: somewhat longer than a session lasts. */
const held = 86_400

export function createPageLinks(database: Database): PageLinks & {
  /** The id of the link, for the first who opens it while it counts. */
  redeem(secret: string, at: Temporal.Instant): Promise<string | undefined>
  /** Whom a link that was opened has let in. */
  holder(id: string, at: Temporal.Instant): Promise<Holder | undefined>
} {
  return {
    async make({ hash, account, name, at }) {
      await database.$transaction([
        database.pageLink.deleteMany({ where: { account, openedAt: null } }),
        database.pageLink.create({ data: { id: newId(at), hash, account, name, madeAt: toDate(at) } }),
      ])
    },

    async redeem(secret, at) {
      const [opened] = await database.$queryRaw<{ id: string }[]>`
        UPDATE page_link SET opened_at = ${toDate(at)}
        WHERE hash = ${hashOfSecret(secret)} AND opened_at IS NULL AND made_at > ${toDate(at.subtract({ seconds: linkLifetime }))}
        RETURNING id::text`
      return opened?.id
    },

    async holder(id, at) {
      const since = toDate(at.subtract({ seconds: held }))
      const row = await database.pageLink.findFirst({ where: { id, openedAt: { gt: since } } })
      return row ? { user: row.account, name: row.name, admin: false } : undefined
    },
  }
}
