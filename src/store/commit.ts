import { BotError } from '#core/errors.ts'
import type { Change } from '#core/model.ts'
import type { Commit } from '#core/ports.ts'
import { settleItem } from './batch-work.ts'
import { writeCalendar } from './calendars.ts'
import { markCards } from './cards.ts'
import { type Database, isDuplicate, type Transaction } from './client.ts'
import { attendeeRow, groupRow, invitationRow, pollRow } from './event-records.ts'
import { writeEvent } from './events.ts'
import { toDate } from './instants.ts'
import { jsonText, toJson } from './json.ts'
import { dueNotices, writeNotices } from './notices.ts'
import { type Effect, effectsOf } from './outbox.ts'
import { noteRow, personRow, spaceRow, todoRow } from './records.ts'
import { reminderRow } from './reminder-records.ts'
import { foldPeople } from './search.ts'

/**
 * Writes what a command decided: records, audit entry, outbox rows, and the reply beside the message,
 * all or nothing. Gives back the effects that are to be carried out now.
 *
 * Throws `BotError` `conflict` when a record has changed since the command read it.
 */
export function commit(database: Database, work: Commit): Promise<readonly Effect[]> {
  return database.$transaction(async (transaction) => {
    if (work.item) await settleItem(transaction, work.item, work.changes)
    else await settleMessage(transaction, work)
    for (const change of work.changes) await write(transaction, work.spaceId, change)
    const invited = new Set(work.changes.flatMap((change) => (change.kind === 'attendee' ? [change.after.eventId] : [])))
    for (const eventId of invited) await foldPeople(transaction, eventId)
    if (work.answers !== undefined) {
      const { count } = await transaction.question.updateMany({
        where: { id: work.answers, spaceId: work.spaceId, answeredAt: null },
        data: { answeredAt: toDate(work.at) },
      })
      if (count === 0) throw new BotError('conflict', `question ${work.answers} was answered already`)
    }
    if (work.undoes !== undefined) {
      const { count } = await transaction.auditEntry.updateMany({
        where: { id: work.undoes, spaceId: work.spaceId, undoneAt: null },
        data: { undoneAt: toDate(work.at) },
      })
      if (count === 0) throw new BotError('conflict', `audit entry ${work.undoes} was undone already`)
    }
    // Telling people changes nothing that could be taken back; what a batch changes is taken back with its items.
    if (work.changes.length > 0 && !work.item)
      await transaction.auditEntry.create({
        data: {
          id: work.auditId,
          spaceId: work.spaceId,
          actorId: work.actorId,
          at: toDate(work.at),
          summary: work.summary,
          changes: toJson(work.changes),
          undoes: work.undoes ?? null,
        },
      })
    await markCards(transaction, work)
    await writeNotices(transaction, work)
    const effects = [...effectsOf(work.changes, work.at), ...dueNotices(work)]
    return transaction.outbox.createManyAndReturn({ data: effects })
  })
}

/**
 * Puts the reply beside its message. Of two processes that handle the same message (one was taken for dead),
 * the second finds the first one's reply there, and commits nothing.
 */
async function settleMessage(transaction: Transaction, { message: { platform, id, reply }, at }: Commit): Promise<void> {
  // The web page keeps no events beforehand: its reply alone says that the sentence has run.
  const written = await transaction.$executeRaw`
    INSERT INTO inbound_message (platform, external_id, reply, held_until, finished_at)
    VALUES (${platform}, ${id}, ${jsonText(reply)}::jsonb, ${toDate(at)}, ${toDate(at)})
    ON CONFLICT (platform, external_id) DO UPDATE SET reply = EXCLUDED.reply WHERE inbound_message.reply IS NULL`
  if (written === 0) throw new BotError('conflict', `message ${id} of ${platform} was committed already`)
}

async function write(transaction: Transaction, spaceId: string, change: Change): Promise<void> {
  if (change.after.spaceId !== spaceId) throw new Error(`a ${change.kind} of another space was about to be changed`)
  if (change.before === null) {
    return create(transaction, change).catch((cause: unknown) => {
      throw isDuplicate(cause) ? new BotError('conflict', `${change.kind} ${change.after.id} was made already`, { cause }) : cause
    })
  }
  const where = { id: change.after.id, spaceId, version: change.before.version }
  const { count } = await update(transaction, change, where)
  if (count === 0) throw new BotError('conflict', `${change.kind} ${change.after.id} is not at version ${change.before.version} any more`)
}

async function create(transaction: Transaction, change: Change): Promise<void> {
  switch (change.kind) {
    case 'reminder':
      await transaction.reminder.create({ data: reminderRow(change.after) })
      return
    case 'event':
      await writeEvent(transaction, null, change.after)
      return
    case 'attendee':
      await transaction.attendee.create({ data: attendeeRow(change.after) })
      return
    case 'invitation':
      await transaction.invitation.create({ data: invitationRow(change.after) })
      return
    case 'poll':
      await transaction.poll.create({ data: pollRow(change.after) })
      return
    case 'calendar':
      await writeCalendar(transaction, null, change.after)
      return
    case 'group':
      await transaction.group.create({ data: groupRow(change.after) })
      return
    case 'todo':
      await transaction.todo.create({ data: todoRow(change.after) })
      return
    case 'note':
      await transaction.note.create({ data: noteRow(change.after) })
      return
    case 'person':
    case 'space':
      throw new Error('people and spaces are made when they are met')
  }
}

function update(
  transaction: Transaction,
  change: Change,
  where: { id: string; spaceId: string; version: number },
): Promise<{ count: number }> {
  switch (change.kind) {
    case 'reminder':
      return transaction.reminder.updateMany({ where, data: reminderRow(change.after) })
    case 'event':
      return writeEvent(transaction, change.before, change.after)
    case 'attendee':
      return transaction.attendee.updateMany({ where, data: attendeeRow(change.after) })
    case 'invitation':
      return transaction.invitation.updateMany({ where, data: invitationRow(change.after) })
    case 'poll':
      return transaction.poll.updateMany({ where, data: pollRow(change.after) })
    case 'calendar':
      return writeCalendar(transaction, change.before, change.after)
    case 'group':
      return transaction.group.updateMany({ where, data: groupRow(change.after) })
    case 'todo':
      return transaction.todo.updateMany({ where, data: todoRow(change.after) })
    case 'note':
      return transaction.note.updateMany({ where, data: noteRow(change.after) })
    case 'person':
      return transaction.person.updateMany({ where, data: personRow(change.after) })
    case 'space':
      return transaction.space.updateMany({ where: { id: where.id, version: where.version }, data: spaceRow(change.after) })
  }
}
