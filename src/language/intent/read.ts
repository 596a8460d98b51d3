import { any, inOrder, oneOf, spelled, verb } from '../text/beginnings.ts'
import { at } from '../text/tokens.ts'
import { aboutEventWord, readAboutEvent } from './about-event.ts'
import { readAmend } from './amend.ts'
import { findingTime, readAnotherTime } from './another-time.ts'
import { readAttendance } from './attendance.ts'
import { calendarsWord, readCalendars, readVisibility } from './calendars.ts'
import { readCompany, readInvite, readPoll } from './company.ts'
import { copying, readCopy } from './copy.ts'
import { noteWord, readNote, readReminder, reminderWord } from './create.ts'
import { readTodo, todoWord } from './create-todo.ts'
import { dataWord, readData } from './data.ts'
import { digestWord } from './digest-words.ts'
import { readDigests } from './digests.ts'
import { eachWord, readEach } from './each.ts'
import { freeQuestions, makers, readAvailability, readCompanyAlone, readEventCreate, readNamedEvent } from './events.ts'
import { exchangeWord, readExchange } from './exchange.ts'
import { groupsWord, readGroups } from './groups.ts'
import { habitsWord, readHabits } from './habits.ts'
import { hoursWord, readHours } from './hours.ts'
import { askingHow, readHow } from './how.ts'
import type { IntentReading } from './intent.ts'
import { listWord, readFind, readList } from './list.ts'
import { listeningWord, readListening } from './listening.ts'
import { listsWord, readLists } from './lists.ts'
import { readLoosely } from './loose.ts'
import { doneWords, readCancel, readComplete, readUpdate, stopping } from './manage.ts'
import { readBothDays, readMany } from './many.ts'
import { meetingWord, readMeeting } from './meeting.ts'
import { naggingWord, readNagging } from './nagging.ts'
import { notesWord, readNotes } from './notes.ts'
import { pageWord, readPage } from './page.ts'
import { helps, readHelp, readSettings, readTimeQuery, readUndo, timeQueryWord, undoings } from './plain.ts'
import { readRemindersOf, remindersOfWord } from './reminders-of.ts'
import { readRhythm, rhythmWord } from './rhythm.ts'
import { readRsvp, rsvpWord } from './rsvp.ts'
import { readSaidBefore } from './said-before.ts'
import { readSenders, sendersWord } from './senders.ts'
import { readPaint, readRepeatIt, readRestore, readSeriesEnd, readSkip, skipping } from './series.ts'
import { readSnooze, snoozeWord } from './snooze.ts'
import { readAway, readSoon } from './states.ts'
import { readToOthers, toOthersWord } from './to-others.ts'
import { readTold } from './told.ts'
import { nounWord, type View } from './view.ts'

type Reader = (view: View) => IntentReading | undefined

/**
 * Asked in this order; the first that knows what the sentence wants is believed.
 *
 * Each says what requests of its kind begin with, at their own first word or at that of the sentence.
 */
export const readers = inOrder<Reader>([
  [undoings.begins, readUndo],
  [helps.begins, readHelp],
  [askingHow, readHow],
  [hoursWord, readHours],
  [meetingWord, readMeeting],
  [any, readSaidBefore],
  [any, readSettings],
  [sendersWord, readSenders],
  [listeningWord, readListening],
  [eachWord, readEach],
  [snoozeWord, readSnooze],
  [naggingWord, readNagging],
  [habitsWord, readHabits],
  [digestWord, readDigests],
  [toOthersWord, readToOthers],
  [rhythmWord, readRhythm],
  [dataWord, readData],
  [pageWord, readPage],
  [exchangeWord, readExchange],
  [calendarsWord, readCalendars],
  [groupsWord, readGroups],
  [notesWord, readNotes],
  [listsWord, readLists],
  [any, readAttendance],
  [spelled('make', 'set', 'show', 'mark', 'keep'), readVisibility],
  [oneOf(verb('cancel', 'update'), spelled('bring')), readMany],
  [oneOf(verb('update'), spelled('bring')), readBothDays],
  [spelled('invite'), readInvite],
  [spelled('restore', 'reinstate', 'uncancel', 'bring', 'put'), readRestore],
  [spelled('repeat'), readRepeatIt],
  [spelled('colour', 'color', 'paint', 'set', 'change'), readPaint],
  [any, readAmend],
  [any, readTold],
  [rsvpWord, readRsvp],
  [skipping, readSkip],
  [spelled('ask', 'poll'), readPoll],
  [remindersOfWord, readRemindersOf],
  [reminderWord, readReminder],
  [timeQueryWord, readTimeQuery],
  [doneWords.begins, readComplete],
  [oneOf(verb('cancel'), stopping.begins), readCancel],
  [verb('update'), readUpdate],
  [copying, readCopy],
  [findingTime, readAnotherTime],
  [noteWord, readNote],
  [todoWord, readTodo],
  [spelled('when', 'am', 'is', 'are', "when's", "what's", 'what', 'find', 'get'), readCompany],
  [oneOf(freeQuestions.begins, spelled('is', 'are')), readAvailability],
  [aboutEventWord, readAboutEvent],
  [any, readSeriesEnd],
  [spelled('find', 'search', 'locate', 'look'), readFind],
  [listWord, readList],
  [oneOf(makers.begins, verb('create', 'book'), spelled('have', 'hold', 'keep', 'host', 'do', 'get', 'invite')), readEventCreate],
  [spelled("i'm", "i'll", 'i', "we're", "we'll", 'we', 'out', 'ooo', 'off', 'annual', 'pto', 'wfh', 'working'), readAway],
  [any, readSoon],
  [any, readNamedEvent],
  [oneOf(nounWord, spelled('a', 'an', 'my', 'quick', 'short', 'another')), readCompanyAlone],
  [any, readLoosely],
])

const nothing: IntentReading = { intent: 'none', confidence: 0.9, titleFrom: 0 }

export function readIntent(view: View): IntentReading {
  const { word } = at(view.s, view.opening)
  for (const read of readers.fromEither(word, at(view.s, 0).word)) {
    const found = read(view)
    if (found) return found
  }
  return nothing
}
