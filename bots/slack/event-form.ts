import { z } from 'zod'
import type { Sentence } from '#core/message.ts'
import { authorOf, placeOf } from './place.ts'
import type { Frame, Payload } from './wire.ts'
import { type EventLine, type EventSubmission, newEventButton } from './wire-home.ts'

/** The form for a new event: opened from anywhere, or from the home, and sent without a word of where that was. */

/** Who is to get the form. */
export interface Opening {
  readonly team: string
  readonly user: string
  readonly trigger: string
  readonly at: Temporal.Instant
  readonly home: boolean
}

/** Undefined for what opens no form. */
export function openingOf({ payload, receivedAt }: Frame): Opening | undefined {
  const at = Temporal.Instant.fromEpochMilliseconds(receivedAt)
  if ('command' in payload) {
    // A door with nothing behind it: what is to be made is asked for in a form.
    if (payload.command !== '/event' || payload.text.trim() !== '') return undefined
    return { team: payload.team_id, user: payload.user_id, trigger: payload.trigger_id, at, home: false }
  }
  if (!opens(payload)) return undefined
  const { user, trigger_id: trigger } = payload
  const team = payload.team?.id ?? user.team_id
  if (team === undefined) return undefined
  return { team, user: user.id, trigger, at, home: 'actions' in payload }
}

function opens(payload: Payload): payload is Extract<Payload, { readonly type: 'shortcut' | 'block_actions' }> {
  if ('actions' in payload) return payload.view?.type === 'home' && payload.actions[0]?.action_id === newEventButton
  return 'type' in payload && payload.type === 'shortcut'
}

const Kept = z.object({ team: z.string().max(255), channel: z.string().max(255), home: z.boolean() })

/** In minutes; all day is none. */
const lengths: readonly (readonly [label: string, minutes: number | null])[] = [
  ['15 minutes', 15],
  ['30 minutes', 30],
  ['45 minutes', 45],
  ['1 hour', 60],
  ['1½ hours', 90],
  ['2 hours', 120],
  ['3 hours', 180],
  ['4 hours', 240],
  ['8 hours', 480],
  ['All day', null],
]

const words = (text: string) => ({ type: 'plain_text' as const, text })
const options = lengths.map(([label, minutes]) => ({ text: words(label), value: minutes === null ? 'day' : String(minutes) }))
const hour = options.find(({ value }) => value === '60')

/** Begins at the next full hour of the person. Pure. */
export function eventForm({ team, at, home }: Opening, channel: string, timeZone: string) {
  const next = at.toZonedDateTimeISO(timeZone).round({ smallestUnit: 'hour', roundingMode: 'ceil' })
  const line = <Element>(name: EventLine, label: string, element: Element) => ({
    type: 'input' as const,
    block_id: name,
    label: words(label),
    element: { ...element, action_id: 'line' },
  })
  return {
    type: 'modal' as const,
    callback_id: 'new_event',
    private_metadata: JSON.stringify({ team, channel, home } satisfies z.input<typeof Kept>),
    title: words('New event'),
    submit: words('Create'),
    close: words('Cancel'),
    blocks: [
      line('title', 'What', { type: 'plain_text_input' as const, max_length: 200, placeholder: words('Lunch with Ann') }),
      line('day', 'Day', { type: 'datepicker' as const, initial_date: next.toPlainDate().toString() }),
      line('start', 'Start', { type: 'timepicker' as const, initial_time: next.toPlainTime().toString({ smallestUnit: 'minute' }) }),
      line('length', 'Length', { type: 'static_select' as const, options, ...(hour && { initial_option: hour }) }),
      {
        ...line('place', 'Where', { type: 'plain_text_input' as const, max_length: 200, placeholder: words('A room, or a link') }),
        optional: true,
      },
      {
        ...line('people', 'Who', { type: 'multi_users_select' as const, placeholder: words('Invite people'), max_selected_items: 50 }),
        optional: true,
      },
    ],
  }
}

/** What was filled in, said in the direct messages of its person. Undefined when it is not our form. */
export function fromEventForm({ user, trigger_id, view }: EventSubmission, receivedAt: number): Sentence | undefined {
  const kept = eventFormOf(view.private_metadata)
  if (!kept) return undefined
  const { title, day, start, length, place, people } = view.state.values
  const minutes = Number(length.line.selected_option?.value)
  return {
    kind: 'sentence',
    id: trigger_id,
    at: Temporal.Instant.fromEpochMilliseconds(receivedAt),
    place: placeOf(kept.team, kept.channel),
    author: authorOf(user),
    asks: {
      kind: 'event',
      event: {
        title: title.line.value ?? '',
        day: day.line.selected_date ?? '',
        start: start.line.selected_time ?? '',
        minutes: Number.isInteger(minutes) ? minutes : null,
        place: place.line.value ?? '',
        people: people.line.selected_users,
      },
    },
    text: '',
    addressed: true,
    private: kept.home,
  }
}

/** Undefined when it is not our form. */
export function eventFormOf(metadata: string): z.output<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(metadata)).data
  } catch {
    return undefined
  }
}
