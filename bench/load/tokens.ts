import { createHash, randomBytes } from 'node:crypto'
import { newId } from '#core/ids.ts'
import { openDatabase } from '#store/client.ts'

/** A token for each of many people of the page, written at once. */
export async function issueTokens(databaseUrl: string, people: number): Promise<readonly string[]> {
  await using opened = await openDatabase(databaseUrl)
  const tokens = Array.from({ length: people }, () => `duck_${randomBytes(32).toString('base64url')}`)
  const now = Temporal.Now.instant()
  await opened.database.apiToken.createMany({
    data: tokens.map((token, index) => {
      const hash = createHash('sha256').update(token).digest('hex')
      return { id: newId(now), hash, userId: `person-${index}`, name: `Person ${index}` }
    }),
  })
  return tokens
}
