import type { Database } from './client.ts'

/** How long what is kept only for safety is kept, in days. */
const days = { inbound: 2, audit: 30, deliveries: 90 } as const

/** Forgets what has served its purpose. */
export async function forgetOld(database: Database): Promise<void> {
  await database.$executeRaw`DELETE FROM inbound_message WHERE received_at < now() - make_interval(days => ${days.inbound}::int)`
  await database.$executeRaw`DELETE FROM question WHERE expires_at < now()`
  await database.$executeRaw`DELETE FROM audit_entry WHERE at < now() - make_interval(days => ${days.audit}::int)`
  await database.$executeRaw`DELETE FROM delivery WHERE occurrence < now() - make_interval(days => ${days.deliveries}::int)`
}
