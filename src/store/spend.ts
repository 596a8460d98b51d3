import type { Database } from './client.ts'

/** True for the first who spends it. */
export async function spend(database: Database, ticket: string): Promise<boolean> {
  return (await database.$executeRaw`INSERT INTO spent_ticket (id) VALUES (${ticket}) ON CONFLICT DO NOTHING`) === 1
}
