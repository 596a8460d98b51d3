import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryBroadcast } from '#bots/memory/broadcast.ts'
import type { Person, Space } from '#core/model.ts'
import type { EventScope, EventSearch, EventWindow } from '#core/ports.ts'
import { createSeal } from '#core/secrets.ts'
import { type Database, openDatabase } from '#store/client.ts'
import { createEventReads, withinName, withinSql } from '#store/events.ts'
import type { Prisma } from '#store/generated/client.ts'
import { toDate } from '#store/instants.ts'
import { overdue } from '#store/overdue.ts'
import { createRetention } from '#store/retention.ts'
import { nearlySql, searchName, wordsSql } from '#store/search-sql.ts'
import { createStores, type Stores } from '#store/store.ts'
import { waitingWork } from '#store/waiting.ts'
import { openTestDatabase } from '../support/database.ts'
import { fillEvents, type ManyEvents } from '../support/many-events.ts'
import { fillOthers, nth } from '../support/many-others.ts'
import { fillReminders, type ManyReminders } from '../support/many-reminders.ts'
import { openPlans, type Plans } from '../support/plans.ts'
import { secret } from '../support/world.ts'

const stack = new AsyncDisposableStack()
let database: Database
let many: ManyEvents
let reminders: ManyReminders
let stores: Stores
let plans: Plans

beforeAll(async () => {
  const { url } = stack.use(await openTestDatabase())
  plans = stack.use(await openPlans(url))
  database = stack.use(await openDatabase(url)).database
  many = await fillEvents(database, 100_000, 2_000)
  reminders = await fillReminders(database, 40_000, now)
  await fillOthers(database)
  const broadcast = createMemoryBroadcast()
  const scheduler = { schedule: async () => undefined }
  const parts = { clock: { now: () => now }, seal: createSeal(secret), broadcast, scheduler, onEffectFailed: () => undefined }
  stores = stack.use(createStores(database, parts))
}, 120_000)
afterAll(() => stack.disposeAsync())

const now = Temporal.Instant.from('2026-06-01T00:00Z')
const days = (count: number): EventWindow => ({ from: now, to: now.add({ hours: 24 * count }), limit: 500 })
const search = (words: string): EventSearch => ({ words, now, limit: 20 })
const team = (): EventScope => ({ spaceId: many.spaceId, calendarIds: [many.teamId] })
const own = (): EventScope => ({ spaceId: many.spaceId, calendarIds: many.calendarIds.slice(0, 1) })
const invited = (): EventScope => ({ ...own(), invited: many.personId })
const several = (): EventScope => ({ spaceId: many.spaceId, calendarIds: many.calendarIds.slice(0, 10) })

/** With its name: as Postgres goes about it for any scope and any window. */
const within = (scope: EventScope, window: EventWindow) => {
  const { text, values } = withinSql(scope, window)
  return { name: withinName(scope), text, values }
}

/** As it is sent: Postgres plans it for whatever is asked for. */
function byWord(scope: EventScope, asked: EventSearch) {
  const statement = wordsSql(scope, asked)
  return statement && { name: searchName(scope, asked), text: statement.text, values: statement.values }
}

const byRange = /event_single[\s\S]*event_long[\s\S]*event_series/
const byWords = /event_words/
/** The words twice, and then what comes next. */
const byComing = /event_words[\s\S]*event_words[\s\S]*event_single[\s\S]*event_series/
const byLikeness = /event_trigrams/
const byPerson = /attendee_person_id_event_id_idx/

describe('at 100,000 events', () => {
  it.each<[string, () => Pick<Prisma.Sql, 'text' | 'values'> | undefined, RegExp]>([
    ['a day of a calendar of one person', () => within(own(), days(1)), byRange],
    ['a day of a large calendar', () => within(team(), days(1)), byRange],
    ['a month of a large calendar', () => within(team(), days(30)), byRange],
    ['a week of ten calendars', () => within(several(), days(7)), byRange],
    ['a week with what somebody is invited to', () => within(invited(), days(7)), byPerson],
    ['a week with what somebody declined', () => within({ ...invited(), declined: true }, days(7)), byPerson],
    ['a search for a rare word', () => byWord(team(), search('word4711')), byWords],
    ['a search for two words', () => byWord(team(), search('word31 word42')), byWords],
    ['a search by the beginning of a word in several calendars', () => byWord(several(), search('word471')), byWords],
    ['a search of a window for what is common', () => byWord(invited(), { ...search('word4'), ...days(7) }), byComing],
    ['a search for what is nearly right', () => nearlySql(team(), search('wrod4711')), byLikeness],
  ])('%s reads by its index, and never the whole table', async (_, query, index) => {
    const statement = query()
    const plan = statement ? await plans.explain(statement) : ''
    expect(plan).toMatch(index)
    expect(await plans.wholeTables(plan), plan).toEqual([])
  })

  it('who sees what changed is found by indexes', async () => {
    const changed = { changed: [nth('event', 1), many.teamId], answered: [nth('event', 2)] }
    const plan = await plans.of(() => stores.store.calendars.audience(many.spaceId, changed, [many.personId]))
    expect(plan).toMatch(/event_pkey/)
    expect(await plans.wholeTables(plan), plan).toEqual([])
  })
})

describe('at 40,000 reminders', () => {
  const soon = now.add({ minutes: 15 })
  const first = () => [reminders.spaceId, reminders.ownerIds[3] ?? ''] as const
  const page = { offset: 0, limit: 10 }
  const limits = { leaseSeconds: 30, notBefore: now.subtract({ hours: 168 }), reminders: 20, characters: 2_000 }

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['the sweep', () => stores.deliveries.dueBefore(soon, 20_000), /reminder_due_at_idx/],
    ['what is overdue', () => overdue(database, now), /reminder_due_at_idx/],
    ['the open ones of a person', () => stores.store.reminders.open(...first(), 20), /reminder_space_id_owner_id/],
    ['the done ones of a person', () => stores.store.reminders.ofKind(...first(), 'done', page), /reminder_space_id_owner_id/],
    ['how many a person has', () => stores.store.reminders.countScheduled(...first()), /reminder_space_id_owner_id/],
    ['one that is due, and its company', () => claimed(limits), /reminder_due_at_idx/],
    ['what was given up on', () => stores.deadLetters.list({ limit: 50 }), /delivery_failed/],
  ])('%s reads by an index, and never the whole table', async (_, ask, index) => {
    const plan = await plans.of(ask)
    expect(plan).toMatch(index)
    expect(await plans.wholeTables(plan), plan).toEqual([])
  })

  async function claimed(claim: typeof limits): Promise<unknown> {
    const row = await database.reminder.findFirstOrThrow({ where: { dueAt: { gt: toDate(now) } }, orderBy: { dueAt: 'asc' } })
    const loaded = await stores.deliveries.load(row.spaceId, row.id)
    const to = loaded?.reminder.recipients[0]
    return loaded && to && stores.deliveries.claim(loaded.reminder, to, claim)
  }
})

describe('with 10,000 people who have some of everything', () => {
  const at = 777
  const [spaceId, personId, calendarId] = [nth('space', 7), nth('person', at), nth('calendar', at)]
  const user = `U${at}`
  const batchId = nth('batch', at)
  const page = { offset: 0, limit: 10 }
  const mine = () => [reminders.spaceId, reminders.ownerIds[3] ?? ''] as const
  const into = { spaceId, calendarId }
  const message = { channel: 'C1', id: 'm1' }
  const place = { platform: 'slack', space: 'T7', channel: 'D1', kind: 'direct' } as const
  const open = { kind: 'open', ...page } as const
  const eventIds = async () => (await database.event.findMany({ where: { calendarId: many.teamId }, take: 20 })).map(({ id }) => id)
  const reminderIds = async () => (await database.reminder.findMany({ take: 3, orderBy: { dueAt: 'asc' } })).map(({ id }) => id)
  const [s, b, w] = [() => stores.store, () => stores.store.batches, () => stores.batchWork]

  it.each<[string, RegExp, () => Promise<unknown>]>([
    ['who writes', /identity_(?:pkey|user_id_idx)/, () => s().people.meet(place, { id: user, name: user })],
    [
      'where else they are known',
      /identity_user_id_idx/,
      () => s().people.elsewhere({ id: spaceId, platform: 'slack' } as Space, { id: personId, userId: user } as Person),
    ],
    ['people by id', /person_pkey/, () => s().people.several(spaceId, [personId, nth('person', 778)])],
    ['people by name', /person_space_id_idx/, () => s().people.named(spaceId, 'ann 777')],
    ['who wants no reminders', /identity_(?:pkey|user_id_idx)/, () => s().people.refusing(spaceId, 'U1', [user])],
    ['the calendars of a person', /calendar_owner_id_name_key[\s\S]*calendar_space_id_kind_idx/, () => s().calendars.of(spaceId, personId)],
    ['the calendars that are theirs', /calendar_owner_id_name_key/, () => s().calendars.ownedBy(spaceId, [personId])],
    ['the calendar of a channel', /calendar_space_id_channel_key/, () => s().calendars.ofChannel(spaceId, 'C770')],
    ['the calendar of a feed', /calendar_feed_secret_hash_key/, () => stores.feeds.calendar('hash 777')],
    ['groups by name', /group_space_id_name_idx/, () => s().groups.named(spaceId, 'group 777')],
    ['all groups', /group_space_id_name_idx/, () => s().groups.all(spaceId, 50)],
    ['open todos', /todo_space_id_owner_id_state/, () => s().todos.open(spaceId, personId, 20)],
    ['open todos of a list', /todo_(?:space_id_owner_id_state|list_id)/, () => s().todos.open(spaceId, personId, 20, nth('todo_list', at))],
    ['done todos', /todo_space_id_owner_id_state/, () => s().todos.ofState(spaceId, personId, 'done', { ...page, order: 'latest' })],
    ['how many todos are open', /todo_space_id_owner_id_state/, () => s().todos.countOpen(spaceId, personId)],
    ['the lists of a person', /todo_list_owner_id_key_key/, () => s().lists.of(spaceId, personId)],
    ['the folders of a person', /folder_owner_id_key_key/, () => s().folders.of(spaceId, personId)],
    [
      'the notes of a folder',
      /note_(?:space_id_owner_id_state|folder_id)/,
      () => s().notes.recent(spaceId, personId, 20, nth('folder', at)),
    ],
    // Of whoever has few notes all are read, by the index of their latest ones.
    ['notes by words', /note_(?:search|space_id_owner_id)/, () => s().notes.search(spaceId, personId, { words: 'door 777', limit: 10 })],
    [
      'notes by nearly right words',
      /note_(?:trigrams|space_id_owner_id)/,
      () => s().notes.search(spaceId, personId, { words: 'dorr', limit: 10 }),
    ],
    ['latest notes', /note_space_id_owner_id_state/, () => s().notes.recent(spaceId, personId, 20)],
    ['the open question', /question_space_id_person_id_channel/, () => s().questions.open(spaceId, personId, 'D1', now)],
    ['what was done last', /audit_entry_space_id_actor_id_id_idx/, () => s().audit.latest(spaceId, personId)],
    [
      'what was done since',
      /audit_entry_space_id_actor_id_id_idx/,
      () => s().audit.since(spaceId, personId, now.subtract({ hours: 24 }), 20),
    ],
    ['what a message has changed', /inbound_message_pkey/, () => s().earlier('slack', 'M777')],
    ['a reply that was committed', /inbound_message_pkey/, () => s().committedReply('slack', 'M777')],
    ['polls that are due', /poll_closes_at_idx/, () => s().polls.due(now, 10)],

    ['how much somebody has', /todo_space_id_owner_id[\s\S]*note_space_id_owner_id/, () => stores.personal.counts(...mine())],
    [
      'what rang last',
      /delivery_subject_id_occurrence/,
      () => s().reminders.lastRung(mine()[0], { id: mine()[1], userId: `U-${mine()[1]}` } as Person),
    ],
    ['how it went', /delivery_subject_id_occurrence/, () => s().reminders.tellings(mine()[0], nth('reminder', 1))],
    ['the repeating ones of a person', /reminder_space_id_owner_id/, () => s().reminders.ofKind(...mine(), 'repeating', page)],
    ['their digests', /reminder_space_id_owner_id/, () => s().reminders.digests(...mine())],
    ['those for others', /reminder_space_id_owner_id/, () => s().reminders.countForOthers(mine()[0], { id: mine()[1], userId: 'U1' }, now)],
    ['those for a channel', /reminder_recipients/, () => s().reminders.towards(mine()[0], { channel: 'C7' }, open)],
    [
      'what a channel has done',
      /reminder_recipients/,
      () => s().reminders.towards(mine()[0], { channel: 'C7' }, { ...open, kind: 'done' }),
    ],
    ['those for a person', /reminder_recipients/, () => s().reminders.towards(mine()[0], { user: `U-${mine()[1]}` }, open)],
    [
      'the repeating ones for a channel',
      /reminder_recipients/,
      () => s().reminders.towards(mine()[0], { channel: 'C7' }, { ...open, kind: 'repeating' }),
    ],
    [
      'what rang since',
      /delivery_space_id_recipient_occurrence_idx/,
      () => s().reminders.rungSince(mine()[0], `U-${mine()[1]}`, now.subtract({ hours: 72 }), 20),
    ],
    ['what a message told', /delivery_mark_idx/, () => s().reminders.toldWith(mine()[0], nth('delivery', 1))],

    ['an event', /event_pkey[\s\S]*event_override_pkey[\s\S]*alert_pkey/, async () => s().events.several(many.spaceId, await eventIds())],
    ['events by the beginning of their UID', /event_identity/, () => s().events.withUid(many.spaceId, many.teamId, 'event-77', 20)],
    ['who comes', /attendee_identity/, async () => s().attendees.of(many.spaceId, await eventIds())],
    [
      'what somebody answered',
      /attendee_person_id_event_id_idx/,
      async () => s().attendees.answers(many.spaceId, many.personId, await eventIds()),
    ],
    ['what somebody is invited to', /attendee_person_id_event_id_idx/, () => s().attendees.invitedTo(many.spaceId, many.personId, now, 20)],
    ['the overrides of a month', /event_override_pkey/, () => s().events.within(team(), days(30))],
    [
      'the alerts of a calendar',
      /event_(?:identity|series)/,
      () => stores.upkeep.alerted({ calendarId: many.calendarIds[0] ?? '' }, now, { after: '', limit: 50 }),
    ],
    ['the alerts of all', /event_pkey[\s\S]*reminder_event_id_idx/, () => stores.upkeep.alerted({}, now, { after: '', limit: 50 })],
    [
      'a page of a whole calendar',
      /event_(?:identity|pkey)/,
      () =>
        stores.contents
          .pages({ spaceId: many.spaceId, calendarId: many.calendarIds[0] ?? '' })
          [Symbol.asyncIterator]()
          .next(),
    ],
    [
      'the mark of a calendar',
      /event_identity[\s\S]*attendee_identity/,
      () => stores.contents.mark({ spaceId: many.spaceId, calendarId: many.calendarIds[0] ?? '' }),
    ],
    ['what a feed has no more', /event_identity/, () => stores.contents.keepOnly(into, new Set())],

    ['cards that are to be shown anew', /card_stale_at_idx/, () => stores.cards.take(['slack'], 10)],
    ['a card that was shown', /card_pkey/, () => stores.cards.settle({ id: nth('card', at), changes: 0 })],
    ['a poll that was answered', /card_poll_id_idx/, () => voted()],

    [
      'what others changed, and by batches',
      /audit_entry_[\s\S]*batch_audit_id_key[\s\S]*batch_item_/,
      () => s().audit.ofOthers(spaceId, personId, now.subtract({ hours: 24 }), 20),
    ],
    ['a batch by its entry', /batch_audit_id_key/, () => b().ofEntry(spaceId, personId, nth('audit_entry', at))],
    ['how a batch goes', /batch_undoes_key[\s\S]*batch_item_batch_id/, () => b().status(spaceId, personId, batchId)],
    ['the items of a batch', /batch_item_(?:pkey|batch_id)/, () => b().items(spaceId, batchId, { after: -1, limit: 20 })],
    ['what a batch has done', /batch_item_(?:pkey|batch_id)/, () => b().doneItems(spaceId, batchId)],
    ['what an item changed', /batch_item_(?:pkey|batch_id)/, () => b().changesOf(spaceId, batchId, 0)],
    ['a batch that begins', /batch_person_id_created_at_idx/, () => b().begin(nth('space', 0), nth('person', 70), nth('batch', 70), now)],
    ['a batch that is stopped', /batch_(?:pkey|person_id)/, () => b().stop(spaceId, personId, batchId)],
    ['a batch that is dropped', /batch_(?:pkey|person_id)/, () => b().drop(nth('space', 0), nth('person', 71), nth('batch', 71))],
    ['what is left of a part', /batch_item_batch_id_part_state_position_idx/, () => w().pending(nth('batch', 3), 0, 20)],
    ['the version that a batch left', /batch_item_batch_id_subject_id_idx/, () => w().leftAt(batchId, nth('reminder', at))],
    ['an item that failed', /batch_item_(?:pkey|batch_id)/, () => w().fail(nth('batch', 4), 0, { code: 'broken', reason: 'No.' })],
    ['a batch that ends', /batch_pkey/, () => w().end(nth('batch', 5))],
    ['batches that were left', /batch_state_held_until_idx/, () => w().abandoned()],
    ['batches that nobody was told of', /batch_unreported/, () => w().unreported()],

    ['an import that begins', /import_person_id_state_idx/, () => s().imports.begin(requested())],
    ['an import that waits', /import_state_held_until_idx/, () => stores.importWork.take()],
    ['an import that nobody was told of', /import_unreported/, () => stores.importWork.unreported()],
    [
      'an import that is taken back',
      /import_event_pkey/,
      () => s().imports.takeBack(nth('space', 1), nth('person', 160), nth('import', 160)),
    ],
    ['the feeds of a person', /subscription_person_id_url_mark_key/, () => s().subscriptions.of(spaceId, personId)],
    ['a feed that is due', /subscription_state_next_at_idx/, () => stores.subscriptions.take()],
    [
      'a feed that is known',
      /subscription_person_id_url_mark_key/,
      () => s().subscriptions.begin({ spaceId, personId, url: 'https://example.org/a.ics', timeZone: 'UTC', name: 'a' }),
    ],

    ['a message that was handled', /inbound_message_pkey/, () => stores.inbox.finish('slack', 'M777')],
    ['messages of a dead process', /inbound_message_platform_finished_at_held_until_idx/, () => stores.inbox.abandoned('slack')],
    ['the last lines of the page', /transcript_entry_user_id_id_idx/, () => stores.transcripts.recent(user, 20)],
    ['a line of the page', /transcript_entry_user_id_mark_key/, () => stores.transcripts.find(user, 'mark 777')],
    ['effects that were left', /outbox_pkey/, () => stores.outbox.sweep()],

    ['a message that arrived', /delivery_mark_idx/, () => stores.deliveries.sent(nth('delivery', 1), message).catch(() => undefined)],
    ['a message that failed', /delivery_mark_idx/, () => stores.deliveries.failed(nth('delivery', 1), 'gone')],
    ['a message that is let go', /delivery_mark_idx/, () => stores.deliveries.release(nth('delivery', 1), 'untried')],
    ['a message that is parted', /delivery_mark_idx/, () => stores.deliveries.part(nth('delivery', 1), nth('reminder', 1))],
    ['reminders that go on', /reminder_pkey/, () => moved()],
    ['what was given up on, by platform', /delivery_failed/, () => stores.deadLetters.count()],
    [
      'what is forgotten',
      /audit_entry_at_idx[\s\S]*delivery_occurrence_idx[\s\S]*import_created_at_idx[\s\S]*batch_created_at_idx/,
      () => createRetention(database)(),
    ],
  ])('%s: read by an index, and no table as a whole', async (_, index, ask) => {
    const plan = await plans.of(ask)
    expect(await plans.wholeTables(plan), plan).toEqual([])
    expect(plan).toMatch(index)
  })

  async function moved(): Promise<void> {
    const ids = await reminderIds()
    const loaded = await Promise.all(ids.map((id) => stores.deliveries.load(reminders.spaceId, id)))
    const moves = loaded.flatMap((one) =>
      one ? [{ before: one.reminder, after: { ...one.reminder, state: 'delivered' as const, dueAt: null } }] : [],
    )
    await stores.deliveries.advance(moves)
  }

  async function voted(): Promise<void> {
    const poll = await stores.store.polls.get(spaceId, nth('poll', at))
    if (!poll) throw new Error('there is no poll')
    await stores.store.commit({
      ...{ spaceId, actorId: personId, at: now, auditId: nth('voted', 1), summary: 'poll answered' },
      changes: [{ kind: 'poll', before: poll, after: { ...poll, version: poll.version + 1 } }],
      message: { platform: 'slack', id: 'a vote', reply: { blocks: [], visibility: 'author', tone: 'done' } },
    })
  }

  function requested() {
    const request = { id: nth('import', 1_000_000), ...into, personId, format: 'ics', source: null, url: null } as const
    return { ...request, timeZone: 'UTC', dayFirst: false }
  }

  it('counts what waits by an index, and of feeds all that there are', async () => {
    const plan = await plans.of(() => waitingWork(database, now))
    expect(plan).toMatch(/import_state_held_until_idx/)
    expect(await plans.wholeTables(plan)).toEqual(['subscription'])
  })

  it('follows every reference to a row by an index', async () => {
    const unindexed = await database.$queryRaw<{ reference: string }[]>`
      SELECT conname AS reference FROM pg_constraint
      WHERE contype = 'f' AND NOT EXISTS (
        SELECT FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1] AND indpred IS NULL AND indisvalid)`
    expect(unindexed).toEqual([])
  })
})

describe('a search', () => {
  it('puts what is to come before what is over, and finds nothing for words that are none', async () => {
    const found = await createEventReads(database).events.search(team(), search('word333'))
    const over = found.map(({ coversUntil }) => Temporal.Instant.compare(coversUntil, now) < 0)
    expect(found.length).toBeGreaterThan(5)
    expect(over).toEqual(over.toSorted())
    expect(wordsSql(team(), search('  &|!():* '))).toBeUndefined()
  })

  it('gives of a word that very many events have those that come next', async () => {
    const found = await createEventReads(database).events.search(team(), search('word2'))
    expect(found).toHaveLength(20)
    for (const { title, startsAt, coversUntil } of found) {
      expect(title.split(' ')).toContain('word2')
      expect(coversUntil.since(now).total('hours')).toBeGreaterThan(0)
      expect(startsAt.since(now).total('hours')).toBeLessThan(180 * 24)
    }
  })
})
