import type { Commit, Notice } from '#core/ports.ts'
import { Prisma } from './generated/client.ts'
import { toDate, wallToDate } from './instants.ts'
import { dueEffect } from './outbox.ts'
import { insertSql } from './rows.ts'

/**
 * Notices wait in the table of reminders, so that they are told as surely as those: claimed, sent with a mark, and
 * found by the sweep after a crash. One that waits already is told in its newest words.
 */
export function noticesSql({ spaceId, notices = [] }: Pick<Commit, 'spaceId' | 'notices'>): readonly Prisma.Sql[] {
  const newest = Prisma.sql`ON CONFLICT (id) DO UPDATE SET notice = EXCLUDED.notice, text = EXCLUDED.text
    WHERE reminder.space_id = EXCLUDED.space_id AND reminder.state = 'scheduled'`
  // One may be told twice in one commit, and the later words count: a statement each.
  return notices.map((notice) => insertSql('reminder', [rowOf(notice, spaceId)], newest))
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
    recipients: [to],
    origin,
    answers: [],
    exdates: [],
    state: 'scheduled',
    dueAt: toDate(at),
    startWall: wallToDate(at.toZonedDateTimeISO('UTC').toPlainDateTime().round('second')),
    timeZone: 'UTC',
    notice: reply,
  }
}
