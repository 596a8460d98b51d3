import { spelled } from '../text/beginnings.ts'
import { phrasebook } from './phrasebook.ts'

export type Kind = 'agenda' | 'review' | 'catchup'

const every = ['daily', 'morning', 'evening', 'nightly', 'day']

/** What is sent every day, and nothing else that people have. */
const agendas = ['digest', 'briefing', 'rundown', 'brief', 'overview', 'summary']

const weeklies = [
  'weekly review',
  'weekly digest',
  'weekly summary',
  'weekly overview',
  'weekly briefing',
  'week in review',
  'review of my week',
  'review of the week',
]

/** Those that are digests by their name alone. */
export const own = phrasebook([
  ...every.flatMap((each) => [...agendas, 'agenda'].map((noun) => `${each} ${noun}`)),
  'digest',
  'briefing',
  ...weeklies,
])

/** Those that are when they are to be sent again and again. */
export const sent = phrasebook([
  ...every.flatMap((each) => [...agendas, 'agenda'].map((noun) => `${each} ${noun}`)),
  ...agendas,
  'agenda',
  'schedule',
  'plans',
  ...weeklies,
])

export const sending = phrasebook(['send', 'give', 'post', 'dm', 'message', 'show', 'tell', 'share', 'read', 'get', 'put'])

export const starting = phrasebook([
  'set up',
  'setup',
  'start',
  'turn on',
  'switch on',
  'enable',
  'activate',
  'subscribe me to',
  'sign me up for',
  'create',
  'add',
  'want',
  'have',
])

export const ending = phrasebook([
  'stop sending me',
  'stop sending',
  'stop posting',
  'stop',
  'turn off',
  'switch off',
  'disable',
  'end',
  'unsubscribe from',
  'unsubscribe me from',
  'no more',
  'cancel',
  'delete',
])

export const changing = phrasebook(['change', 'move', 'shift', 'set', 'reschedule', 'update'])

export const verbs: Readonly<Record<string, string>> = {
  pause: 'pause',
  suspend: 'pause',
  resume: 'resume',
  unpause: 'resume',
  skip: 'skip',
  restart: 'resume',
}

export const missing = phrasebook([
  'what did i miss',
  'what have i missed',
  "what'd i miss",
  'what did we miss',
  'did i miss anything',
  'have i missed anything',
  'catch me up',
  'bring me up to date',
  'bring me up to speed',
  'fill me in',
  'what happened while i was away',
  'what happened while i was gone',
  'what happened while i was out',
])

/** What `readDigests` begins with. */
export const digestWord = spelled(
  ...new Set([
    ...[
      'what',
      "what'd",
      'did',
      'have',
      'catch',
      'bring',
      'fill',
      'my',
      'the',
      'a',
      'our',
      'no',
      'list',
      'show',
      'week',
      'every',
      'unsubscribe',
    ],
    ...Object.keys(verbs),
    ...every,
    ...agendas,
    'weekly',
    'agenda',
    ...[
      'send',
      'give',
      'post',
      'dm',
      'message',
      'tell',
      'share',
      'read',
      'get',
      'put',
      'set',
      'setup',
      'start',
      'turn',
      'switch',
      'enable',
      'activate',
      'subscribe',
      'sign',
      'create',
      'add',
      'want',
      'stop',
      'disable',
      'end',
      'cancel',
      'delete',
      'change',
      'move',
      'shift',
      'reschedule',
      'update',
    ],
  ]),
)

export const allOfThem = phrasebook(['digests', 'my digests', 'the digests', 'digests do i have', 'digests do i get'])

export const leads = new Set([
  'me',
  'us',
  'my',
  'the',
  'a',
  'an',
  'our',
  'this',
  "today's",
  "tomorrow's",
  'todays',
  'with',
  'of',
  'to',
  'in',
  'here',
  'next',
  'team',
  'channel',
  'here',
  'i',
  'want',
])
