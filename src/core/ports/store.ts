import type { Batches } from '../batch.ts'
import type { Subscriptions } from '../exchange.ts'
import type { Imports } from '../imports.ts'
import type { Author, Place, Platform } from '../message.ts'
import type { Attendee, Calendar, CalendarEvent, Group, Invitation, Person, Poll, Reminder, Series, Space } from '../model.ts'
import type { PageLinks } from '../page-links.ts'
import type { Personal } from '../personal.ts'
import type { Reply } from '../reply.ts'
import type { AuditEntry, Commit, Earlier } from './commit.ts'
import type { Last } from './last.ts'
import type { ListReads } from './lists.ts'
import type { Questions } from './questions.ts'

/** What commands read and write. */

export interface Met {
  readonly space: Space
  readonly person: Person
}

/** Whose events are looked at: those of some calendars, and those that a person, or any of several, is invited to. */
export interface EventScope {
  readonly spaceId: string
  readonly calendarIds: readonly string[]
  readonly invited?: string | readonly string[]
  /** Only these of them. */
  readonly among?: readonly string[]
  /** With what they are invited to and have declined. */
  readonly declined?: boolean
}

export interface EventWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** As many single events, the earliest; series count apart. */
  readonly limit: number
}

export interface EventSearch {
  /** As typed: accents, case and endings do not matter, and neither do small mistakes. */
  readonly words: string
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
  readonly now: Temporal.Instant
  readonly limit: number
}

export interface FoundSeries {
  readonly series: readonly Series[]
  /** False when there are more than the limit. */
  readonly complete: boolean
}

/** What became of one occurrence for one recipient. */
export interface ReminderTelling {
  /** As `placeKey` names it. */
  readonly place: string
  /** When it arrived. */
  readonly at: Temporal.Instant | undefined
  /** The platform's own code, once it was given up on. */
  readonly failure: string | undefined
}

/** Everything a command may read. Each call is scoped to one space. */
export interface Store extends ListReads {
  readonly reminders: {
    get(spaceId: string, id: string): Promise<Reminder | undefined>
    /** Of one person, soonest first: what is scheduled, and what was delivered and not done; those that follow `after`. */
    open(spaceId: string, ownerId: string, limit: number, after?: Last): Promise<readonly Reminder[]>
    /** The reminder of theirs, or from somebody else for them, that was told last, and when. */
    lastRung(
      spaceId: string,
      person: Pick<Person, 'id' | 'userId'>,
    ): Promise<{ readonly id: string; readonly at: Temporal.Instant } | undefined>
    /** Of one person: all that are open, those of them that repeat, or those that are done (latest first). */
    ofKind(
      spaceId: string,
      ownerId: string,
      kind: 'open' | 'repeating' | 'done',
      page: { readonly offset?: number; readonly after?: Last | undefined; readonly limit: number },
    ): Promise<readonly Reminder[]>
    /** How its last occurrence went, for each recipient that was tried. */
    tellings(spaceId: string, id: string): Promise<readonly ReminderTelling[]>
    /** Those of these people whom the last telling did not reach, with the platform's own code for why. */
    unreached(spaceId: string, users: readonly string[]): Promise<readonly { readonly user: string; readonly failure: string }[]>
    /** What there is of a kind for a channel or for a person, whoever made it; of one maker alone with `ownerId`. */
    towards(
      spaceId: string,
      to: { readonly channel: string } | { readonly user: string },
      page: {
        readonly kind: 'open' | 'repeating' | 'done'
        readonly ownerId?: string
        readonly until?: Temporal.Instant
        readonly offset: number
        readonly limit: number
      },
    ): Promise<readonly Reminder[]>
    /** What a person was told since then and nobody has dealt with, latest first. */
    rungSince(
      spaceId: string,
      user: string,
      since: Temporal.Instant,
      limit: number,
    ): Promise<readonly { readonly reminder: Reminder; readonly at: Temporal.Instant }[]>
    /** The digests of one person that go on. */
    digests(spaceId: string, ownerId: string): Promise<readonly Reminder[]>
    /** Those that one message told, by the mark that it carries, oldest first. */
    toldWith(spaceId: string, mark: string): Promise<readonly Reminder[]>
    /** How many of one person's reminders are scheduled. */
    countScheduled(spaceId: string, ownerId: string): Promise<number>
    /** How many for others this person, by both their ids, has made since then and not taken back. */
    countForOthers(spaceId: string, owner: Pick<Person, 'id' | 'userId'>, since: Temporal.Instant): Promise<number>
  }
  readonly events: {
    get(spaceId: string, id: string): Promise<CalendarEvent | undefined>
    several(spaceId: string, ids: readonly string[]): Promise<readonly CalendarEvent[]>
    /** Those of a calendar whose UID begins so and that are not cancelled, soonest first. */
    withUid(spaceId: string, calendarId: string, beginning: string, limit: number): Promise<readonly CalendarEvent[]>
    /** Single events and series that touch the window, as far as it needs them; the caller expands them. */
    within(scope: EventScope, window: EventWindow): Promise<FoundSeries>
    /** Events by their words, people and places, best first; without overrides. */
    search(scope: EventScope, search: EventSearch): Promise<readonly Series[]>
  }
  readonly attendees: {
    /** Of several events, those who were taken off again included. */
    of(spaceId: string, eventIds: readonly string[]): Promise<readonly Attendee[]>
    /** What one person, or each of several, has answered, of several events. */
    answers(spaceId: string, personId: string | readonly string[], eventIds: readonly string[]): Promise<readonly Attendee[]>
    /** The events that a person is invited to and that are not over, soonest first. */
    invitedTo(spaceId: string, personId: string, from: Temporal.Instant, limit: number): Promise<readonly string[]>
  }
  readonly invitations: {
    get(spaceId: string, eventId: string): Promise<Invitation | undefined>
  }
  readonly polls: {
    get(spaceId: string, id: string): Promise<Poll | undefined>
    /** Open ones of all spaces whose time to answer is over, with who asked. */
    due(now: Temporal.Instant, limit: number): Promise<readonly { readonly poll: Poll; readonly asker: Met }[]>
  }
  readonly calendars: {
    get(spaceId: string, id: string): Promise<Calendar | undefined>
    /** A person's own, those shared with them, and those of the whole space; hidden ones included. */
    of(spaceId: string, personId: string): Promise<readonly Calendar[]>
    /** The ids of each person's own. */
    ownedBy(spaceId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
    ofChannel(spaceId: string, channel: string): Promise<Calendar | undefined>
    /** Which of these people see which of these events, or of these calendars as wholes; of what was `answered` only who plans it. */
    audience(
      spaceId: string,
      events: { readonly changed: readonly string[]; readonly answered: readonly string[] },
      personIds: readonly string[],
    ): Promise<readonly { readonly id: string; readonly personId: string }[]>
    /** Those of channels. */
    ofChannels(spaceId: string, limit: number): Promise<readonly Calendar[]>
  }
  readonly groups: {
    get(spaceId: string, id: string): Promise<Group | undefined>
    named(spaceId: string, name: string): Promise<readonly Group[]>
    /** All of a space, by name. */
    all(spaceId: string, limit: number): Promise<readonly Group[]>
  }
  readonly people: {
    /** The space and person of a message, made on first sight. */
    meet(place: Place, author: Author): Promise<Met>
    /**
     * The person that an author is in another space than the one they write in, made on first sight: whoever
     * was shown a button of a space may press it there. Undefined when there is no such space.
     */
    meetIn(spaceId: string, author: Author): Promise<Met | undefined>
    /** Where else on the platform the same user is known, the latest first. */
    elsewhere(space: Space, person: Person): Promise<readonly Met[]>
    get(spaceId: string, id: string): Promise<Person | undefined>
    /** The space as it is now, whatever anybody remembers of it. */
    space(spaceId: string): Promise<Space | undefined>
    /** Those of these users who want no reminders from `sender`. */
    refusing(spaceId: string, sender: string, users: readonly string[]): Promise<readonly string[]>
    /** In the order of the ids. */
    several(spaceId: string, ids: readonly string[]): Promise<readonly Person[]>
    /**
     * The known people of a space whom a name may mean: those called exactly so; without them, those of whom
     * each word begins one of their names. Case and accents do not count.
     */
    named(spaceId: string, name: string): Promise<readonly Person[]>
  }
  readonly questions: Questions
  /** Begun here, and worked on by the jobs. */
  readonly imports: Imports
  readonly subscriptions: Pick<Subscriptions, 'begin' | 'of'>
  readonly batches: Batches
  readonly personal: Pick<Personal, 'counts' | 'erase'>
  readonly pageLinks: PageLinks
  readonly audit: {
    get(spaceId: string, id: string): Promise<AuditEntry | undefined>
    /** What this person changed last and has not taken back. */
    latest(spaceId: string, personId: string): Promise<AuditEntry | undefined>
    /** The same and what came before it, latest first. */
    recent(spaceId: string, personId: string, limit: number): Promise<readonly AuditEntry[]>
    /** What this person changed since then, by batches too, and has not taken back, oldest first. */
    since(spaceId: string, personId: string, since: Temporal.Instant, limit: number): Promise<readonly AuditEntry[]>
    /** The same of everybody else in the space. */
    ofOthers(spaceId: string, personId: string, since: Temporal.Instant, limit: number): Promise<readonly AuditEntry[]>
  }
  /** What a message has changed, in the newest of its versions: one entry for each of its requests that changed anything. */
  earlier(platform: Platform, messageId: string): Promise<readonly Earlier[]>
  /** The reply that an earlier try of this message committed, when it got that far. */
  committedReply(platform: Platform, messageId: string): Promise<Reply | undefined>
  /**
   * Writes changes, their audit entry, their outbox rows and the reply to the message in one
   * transaction.
   *
   * Throws `BotError` `conflict` when a record's version is no longer that of `before`, when the question was
   * answered or the entry taken back already, or when this very message was committed by another process.
   */
  commit(work: Commit): Promise<void>
}
