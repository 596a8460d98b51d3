import type { PersonReference, Rsvp, Scope, Setting, SlotSpan, Target, Understanding } from '#core/understanding.ts'
import type { ChangeReading } from './change/change.ts'
import type { Reference } from './intent/intent.ts'
import type { SharedZone } from './shared-zones.ts'
import type { Amount, Phrase } from './time/expression.ts'
import type { Times } from './times.ts'

/** What words leave open, whenever they are said. */
export interface Doubt {
  /** An abbreviation that several zones share. */
  readonly zone: SharedZone | undefined
  /** The times with day and month the other way round, where nobody knows the writer's order. */
  readonly swapped: Times | undefined
}

export const noDoubt: Doubt = { zone: undefined, swapped: undefined }

/** What a text says, whenever it is said: nothing here depends on the time, so it may be cached. */
export interface Reading {
  readonly text: string
  readonly locale: string
  readonly intent: Understanding['intent']
  readonly confidence: number
  readonly times: Times
  readonly doubt: Doubt
  readonly title: string | null
  readonly target: Target | null
  readonly people: readonly PersonReference[]
  readonly channel: string | null
  /** All those that a reminder is for. */
  readonly channels: readonly string[]
  readonly calendar: string | null
  readonly location: string | null
  readonly meetingLink: Understanding['meetingLink']
  readonly list: string | null
  readonly alerts: readonly string[]
  readonly content: string | null
  /** The event takes its whole days: "all day" was said. */
  readonly allDay: boolean
  readonly spans: readonly SlotSpan[]
  readonly reference: Reference | null
  readonly change: ChangeReading | null
  readonly scope: Scope | null
  readonly rsvp: Rsvp | null
  readonly duration: Amount | null
  readonly setting: Setting | null
  readonly digest: NonNullable<Understanding['digest']> | null
  /** All things that the other slots name are meant, and not one of them. */
  readonly every: boolean
  readonly weekly: Understanding['weekly']
  /** After how many seconds a reminder asks again, until it is done. */
  readonly nag: number | null
  /** How many may come. */
  readonly capacity: number | null
  /** Until when answers are taken. */
  readonly deadline: Phrase | null
  /** The name of a zone that nobody knows. */
  readonly strangeZone: string | undefined
  /** Of `batch.create`: the requests that the sentence holds, each as a sentence of its own. */
  readonly parts?: readonly string[]
}
