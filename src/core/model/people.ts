import type { Platform } from '../message.ts'

/** A workspace, a server, somebody alone with us, or the page. */
export interface Space {
  readonly id: string
  /** Its own id, as in every record. */
  readonly spaceId: string
  readonly platform: Platform
  /** Slack team id, Discord guild id, `dm:USER`, `local`. */
  readonly externalId: string
  readonly timeZone: string
  /** What those who manage it have decided for all of it. */
  readonly rules: SpaceRules
  /** Where calls are of whoever has no address of their own. */
  readonly meetingLinks: MeetingLinks
  readonly version: number
}

export interface SpaceRules {
  /** Who may make reminders for channels, and for everyone in one; absent where everybody may. */
  readonly channels?: Permitted
  readonly everyone?: Permitted
  /** The channels in which words are read that are said to nobody in particular. */
  readonly listens?: readonly string[]
}

/** Those who manage the space, who are always permitted, or others beside them. */
export type Permitted = { readonly kind: 'admins' } | Circle

/** Addresses of rooms by service. */
export type MeetingLinks = Readonly<Partial<Record<MeetingService, string>>>
export const meetingServices = ['zoom', 'meet', 'teams', 'jitsi', 'any'] as const
export type MeetingService = (typeof meetingServices)[number]

export interface Person {
  readonly id: string
  readonly spaceId: string
  /** The platform's user id. */
  readonly userId: string
  readonly name: string
  /** IANA zone; null until the person says one. */
  readonly timeZone: string | null
  /** The zone that their profile on the platform says. */
  readonly profileZone: string | null
  readonly locale: string | null
  /** Where new events and todos of theirs go. */
  readonly calendarId: string
  readonly listId: string
  /** Where their calls are. */
  readonly meetingLinks: MeetingLinks
  /** When they work; null until they say. */
  readonly hours: Hours | null
  /** What they want to themselves before and after each event. */
  readonly bufferMinutes: number
  /** Whose reminders they do not want: user ids, `group:` ids, or `*` for everybody's but their own and those of `+` either. */
  readonly mutes: readonly string[]
  /** How long before events of theirs they are alerted when nobody says, in seconds. */
  readonly alertSeconds: readonly number[]
  /** After how many days away they are told what they missed; 0 for never. */
  readonly catchUpDays: number
  readonly version: number
}

/** Wall times in the person's own zone. */
export interface Hours {
  /** Days of the week, Monday 1 to Sunday 7. */
  readonly days: readonly number[]
  /** `09:00` */
  readonly from: string
  /** Before `from` when they work past midnight. */
  readonly to: string
}

/** People under one name: those with a role or in a channel, as the platform knows them, or one of our groups. */
export interface Circle {
  readonly kind: 'role' | 'channel' | 'group'
  /** The platform's id, or that of the group. */
  readonly id: string
  /** The platform's id of the team or server that it is of. */
  readonly space: string
  readonly name: string
}
