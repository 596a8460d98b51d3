import type { Commit, Notice } from '#core/ports.ts'
import type { Transaction } from './client.ts'
import { toDate, wallToDate } from './instants.ts'
import { jsonText, toJson } from './json.ts'
import { dueEffect } from './outbox.ts'

/**
 * Notices wait in the table of reminders, so that they are told as surely as those: claimed, sent with a mark, and
 * found by the sweep after a crash. One that waits already is told in its newest words.
 */
export async function writeNotices(
  transaction: Transaction,
  { spaceId, notices = [] }: Pick<Commit, 'spaceId' | 'notices'>,
): Promise<void> {
  for (const notice of notices) {
    const data = rowOf(notice, spaceId)
    const waiting = await transaction.$executeRaw`
      UPDATE reminder SET notice = ${jsonText(notice.reply)}::jsonb, text = ${data.text}
      WHERE id = ${notice.id}::uuid AND space_id = ${spaceId}::uuid AND state = 'scheduled'`
    if (waiting === 0) await transaction.reminder.createMany({ data: [data], skipDuplicates: true })
  }
}

export function dueNotices({
  spaceId,
  notices = [],
  at,
}: Pick<Commit, 'spaceId' | 'notices' | 'at'>): { topic: string; payload: object }[] {
  return notices.flatMap(({ id, origin, at: dueAt }) => dueEffect({ reminderId: id, spaceId, platform: origin.platform, dueAt }, at))
}

function rowOf({ id, ownerId, user, to = { kind: 'direct', user }, origin, at, reply }: Notice, spaceId: string) {
  return {
    id,
    spaceId,
    ownerId,
    platform: origin.platform,
    text: '',
    recipients: toJson([to]),
    origin: toJson(origin),
    state: 'scheduled',
    dueAt: toDate(at),
    startWall: wallToDate(at.toZonedDateTimeISO('UTC').toPlainDateTime().round('second')),
    timeZone: 'UTC',
    notice: toJson(reply),
  }
}
