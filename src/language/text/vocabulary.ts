/** What kind of thing a noun names. */
export type Noun = 'event' | 'calendar' | 'reminder' | 'todo' | 'list' | 'note' | 'digest' | 'group' | 'setting'

/** What a verb wants done. */
export type Verb = 'create' | 'book' | 'list' | 'cancel' | 'update' | 'complete' | 'find'

/** Every noun and verb of requests: the lexicon takes them up, so that one look-up a word is enough. */
export const nouns = new Map<string, Noun>()
export const verbs = new Map<string, Verb>()
const addNouns = (noun: Noun, words: string) => {
  for (const word of words.split(' ')) nouns.set(word, noun)
}
const addVerbs = (verb: Verb, words: string) => {
  for (const word of words.split(' ')) verbs.set(word, verb)
}

addNouns(
  'event',
  'meeting meetings event events appointment appointments appt call calls lunch dinner breakfast brunch coffee sync standup stand-up interview interviews party conference webinar workshop session sessions demo retro retrospective 1:1 kickoff hangout drinks class lesson visit checkup check-up seminar rehearsal meetup follow-up followup catchup catch-up',
)
/** Several events, which are looked at, where one is made. */
export const eventPlurals: ReadonlySet<string> = new Set(
  'meetings events appointments calls interviews classes lessons lectures shifts practices rehearsals sessions trainings exams workshops seminars webinars conferences standups syncs retros demos visits'.split(
    ' ',
  ),
)
addNouns('event', [...eventPlurals].join(' '))
addNouns('event', 'lecture practice training exam')
addNouns('calendar', 'calendar calendars schedule schedules agenda diary plans itinerary')
addNouns('reminder', 'reminder reminders alarm alarms timer timers alert alerts remainder')
addNouns('todo', 'todo todos task tasks to-do to-dos chore chores')
addNouns('list', 'list lists checklist')
addNouns('note', 'note notes memo memos')
addNouns('digest', 'digest briefing')
addNouns('group', 'group groups')
addNouns('setting', 'settings preferences timezone')

addVerbs('create', 'create add make set put new start insert enter save record log append include generate')
addVerbs('book', 'schedule book plan arrange organise organize setup reserve pencil block')
addVerbs('list', "list show display view see read tell what what's whats which give check review open browse")
addVerbs('cancel', 'cancel delete remove clear drop erase scrap kill stop dismiss disable unschedule discard wipe')
addVerbs('update', 'bump change move reschedule postpone push shift rename update edit modify extend delay')
addVerbs('complete', 'complete finish mark tick done finished completed')
addVerbs('find', 'find search when where look')
