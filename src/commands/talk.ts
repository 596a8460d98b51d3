import type { Context, Outcome } from '#core/command.ts'
import { type Code, say, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { tell } from './answer.ts'

const code = (text: string): Code => ({ kind: 'code', text })

const lead = String.raw`^\W*(?:(?:ok|okay|well|so|oh|hey|hi|hello|please|pls|duck|ducktape|bot|oops|wait|no|sorry|and|um)\b\W*)*`
const whole = (words: string) =>
  new RegExp(`${lead}(?:${words})(?: (?:please|then|now|thanks|bot|duck|ducktape|all|everyone|there))*\\W*$`, 'iu')
const begins = (words: string) => new RegExp(`${lead}(?:(?:can|could|would|will) you )?(?:please )?(?:${words})`, 'iu')

/** What people say to a bot that asks it for nothing it does, or for nothing at all, with what helps them on. */
const answers: readonly (readonly [said: RegExp, answer: Text])[] = [
  [
    whole(
      'never ?mind|nvm|forget (?:it|that|about it)|leave it|drop it|no|nope|nothing|not now|no (?:thanks|thank you)|as you were|ignore (?:that|me|it)',
    ),
    ['All right, nothing is changed.'],
  ],
  [
    whole(
      "go back|wrong(?: one| thing| day| time)?|(?:that'?s|that is|this is|it'?s) (?:wrong|not right|not what i (?:meant|said|wanted))|not (?:that|this)(?: one)?|i didn'?t (?:mean|say|want) that|mistake|my mistake|my bad",
    ),
    say`Say ${code('undo')} and I take the last thing back, or say what it should be: ${code('make it 4pm')}.`,
  ],
  [whole('redo|redo (?:it|that)'), ['I take things back, and do not do them again by themselves: please say it once more.']],
  [
    whole(
      "hi|hello|hey|hey there|hi there|yo|sup|hiya|howdy|good (?:morning|afternoon|evening|day)|morning|greetings|what'?s up|you there|are you there|anyone there|test|testing|ping",
    ),
    say`Hello. Tell me what to remember or to plan, such as ${code('remind me at 3 to call Ann')}, or say ${code('help')}.`,
  ],
  [
    whole("how are you(?: doing)?(?: today)?|how'?s it going|how is it going|how do you do|you ok|are you ok"),
    ['All is well here. What can I put in your calendar?'],
  ],
  [
    whole(
      "who are you|what are you|are you (?:a )?(?:bot|robot|human|ai|real|person|chatgpt|siri|alexa)|what'?s your name|who (?:made|built) you|is this a bot",
    ),
    say`I am DuckTape, a program that keeps your calendar, reminders, todos and notes. Say ${code('help')} to see what to ask.`,
  ],
  [
    whole(
      'bye|goodbye|bye bye|see you(?: later| tomorrow)?|good ?night|night|later|ttyl|cya|have a (?:nice|good|great) (?:day|one|evening|weekend)',
    ),
    ['See you.'],
  ],
  [
    whole(
      "good (?:bot|job|work|boy|duck)|well done|nice (?:one|work)|you(?:'re| are) (?:the best|great|awesome|amazing)|love (?:it|you)|that'?s (?:great|perfect|awesome|all|it)|sounds good|works for me|(?:ha)+h?|lol|lmao|rofl|wow|cool|sweet|brilliant|lovely|(?:thanks|thank you|cheers|ty)\\b.{0,40}",
    ),
    ['You are welcome.'],
  ],
  [
    whole(
      "bad bot|stupid(?: bot)?|you(?:'re| are) (?:useless|stupid|wrong|dumb)|useless|wtf|this (?:sucks|is useless)|that (?:sucks|didn'?t work)|ugh",
    ),
    say`Sorry. ${code('undo')} takes back what I did last, and ${code('help')} shows what I understand.`,
  ],
  [
    begins(
      '(?:turn (?:on|off|down|up)|dim|switch (?:on|off)) (?:the |my )?(?:lights?|lamp|heating|heater|tv|music|volume|fan|ac|wifi)|play (?!.*\\bat \\d)|(?:tell|sing|read) (?:me )?(?:a |an |some )?(?:joke|story|song|poem|fun fact)|translate |order (?:me )?(?:a |some )?(?:pizza|food|taxi|cab|uber)|book (?:me )?(?:a |an )?(?:uber|taxi|cab|flight|hotel)|google |search the (?:web|internet)',
    ),
    say`That is beyond me: I keep calendars, reminders, todos and notes. Say ${code('help')} to see what to ask.`,
  ],
  [
    /\b(?:weather|forecast|temperature outside|how (?:hot|cold|warm) (?:is|will)|(?:will|is|does) it (?:going to )?(?:rain|snow)|stock price|exchange rate|news|lottery|horoscope|recipe|who won|score of)\b/iu,
    say`I know calendars and clocks, not the world outside: for that, please ask elsewhere. Say ${code('help')} to see what I do.`,
  ],
  [
    begins(
      '(?:speak|talk|answer|reply|switch) (?:to |in )?(?:german|french|spanish|italian|dutch|portuguese|chinese|japanese|english)|(?:parlez|sprich|habla)',
    ),
    ['I answer in English. Dates and times I also read in the language of your profile.'],
  ],
  [
    begins(
      '(?:use|show|switch to|set|change to|i (?:want|prefer)) (?:the |a )?(?:24|12)[ -]?(?:h\\b|hr|hour)|(?:use|show|switch to|set|change) (?:the )?(?:date format|dd/mm|mm/dd|day first|us dates|uk dates)|(?:my )?weeks? (?:start|begin)s?\\b',
    ),
    ['Times, dates and weeks are shown as your Slack, Discord or browser is set: change it there, and I follow.'],
  ],
  [
    begins(
      "(?:do not|don'?t|dont) (?:disturb|bother|notify|message|ping)|dnd|mute (?:everything|all|notifications|yourself)|quiet(?: hours| time)?|(?:set|turn on|enable) (?:dnd|do not disturb|quiet)|be quiet|shut up|shush",
    ),
    say`I have no quiet hours, but reminders can wait: ${code('snooze everything until tomorrow at 9')} or ${code('pause all my reminders until Monday')}.`,
  ],
  [
    begins(
      '(?:no (?:more )?(?:reminders|notifications|messages|pings)|quiet)\\b(?: (?:on|at|after|before|between|during|over|from|this|please|in)\\b.*)?$',
    ),
    say`I have no quiet hours, but reminders can wait: ${code('snooze everything until tomorrow at 9')} or ${code('pause all my reminders until Monday')}.`,
  ],
  [
    begins('(?:poll|vote)\\b(?! .{1,60} (?:when|for a time)\\b)'),
    say`I ask people about times only: ${code('poll @ana and @bo for a time next week')}. For anything else, ask in the channel.`,
  ],
  [
    begins('(?:un)?pin '),
    say`Notes have no pins. ${code('show my notes')} lists the latest first, and ${code('find the note about the door')} finds one.`,
  ],
  [
    /\b(?:(?:high|low|top|medium) priority|prioriti[sz]e|mark .{1,60} (?:as )?(?:urgent|important))\b/iu,
    say`Todos have no priorities, but a day when they are due: ${code('move the changelog todo to Friday')}.`,
  ],
  [
    begins('(?:assign|delegate|give) .{1,60} to '),
    say`Todos are your own, so I cannot hand them on. I can remind somebody: ${code('remind @ana on Friday to write the changelog')}.`,
  ],
]

/** A short answer to what asks for nothing of ours. Only whoever speaks to us gets one. */
export function talk({ intent }: Understanding, { message }: Context): Outcome | undefined {
  if (intent !== 'none' || message.kind !== 'sentence' || !message.addressed) return undefined
  const found = answers.find(([said]) => said.test(message.text.slice(0, longest)))
  return found && tell(found[1])
}

/** What is longer is no small talk; the rest of it is not looked at. */
const longest = 300
