import type { Command } from '#core/command.ts'
import { type Item, type Reply, say, strong } from '#core/reply.ts'
import { tell, visibility } from './answer.ts'

const examples: readonly (readonly [what: string, sentence: string])[] = [
  ['Reminders', 'remind me in 20 minutes to stretch'],
  ['Repeating ones', 'remind me every other Tuesday at 9 to water the plants'],
  ['Until it is done', 'remind me at 9 to take the pill until I am done'],
  ['Your day', 'send me my agenda every weekday at 8'],
  ['Events', 'lunch with Ann on Friday from 12 to 1'],
  ['Your plans', 'what is on this week'],
  ['Who is free', 'when are Ann, Bob and I free for an hour next week'],
  ['Who comes', 'who is coming to lunch'],
  ['Groups', 'create a group design with Ann and Bob'],
  ['Todos', 'todo buy milk'],
  ['Lists', 'add tea, rice and jam to my shopping list'],
  ['Notes', 'note: the door code is 4711'],
  ['What you noted', 'what was the door code'],
  ['What you have', 'list my reminders'],
  ['Other calendars', 'subscribe to https://example.org/holidays.ics'],
  ['Yours elsewhere', 'my calendar link'],
  ['In a browser', 'open the page'],
  ['Many at once', 'push everything this afternoon back by an hour'],
  ['Second thoughts', 'undo'],
  ['Your time zone', 'my time zone is Berlin'],
]

/** What whoever was not understood may have wanted; all of it would bury the answer. */
const first: ReadonlySet<string> = new Set(['Reminders', 'Events', 'Your plans', 'Todos'])

/** Said to us after the work is done, and asking for nothing. */
const thanks =
  /^\W*(?:many )?(?:thanks|thank you|thank u|thx|ty|cheers|merci|danke|perfect|great|awesome|cool|nice|got it|ok|okay)(?: so much| a lot| very much| you)?\W*$/i

export const help: Command = {
  intents: ['help', 'none'],
  async understood({ intent }, context) {
    const { message } = context
    if (intent === 'none' && message.kind === 'sentence' && thanks.test(message.text)) return tell(['You are welcome.'])
    const shown = intent === 'help' ? examples : examples.filter(([what]) => first.has(what))
    const items = shown.map(([what, sentence]): Item => ({ text: [strong(what)], detail: [{ kind: 'code', text: sentence }] }))
    const opening =
      intent === 'help'
        ? say`I keep your plans. Tell me in plain words, for example:`
        : say`I did not understand that. Say ${{ kind: 'code', text: 'help' }} to see all that I can do, such as:`
    const reply: Reply = {
      tone: intent === 'help' ? 'tell' : 'problem',
      visibility: intent === 'help' ? visibility(context) : 'author',
      blocks: [
        { kind: 'text', text: opening },
        { kind: 'list', items },
      ],
    }
    return { reply }
  },
  presses: {},
}
