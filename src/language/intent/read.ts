import { readAmend } from './amend.ts'
import { readAttendance } from './attendance.ts'
import { readCalendars, readVisibility } from './calendars.ts'
import { readCompany, readInvite, readPoll } from './company.ts'
import { readNote, readReminder, readTodo } from './create.ts'
import { readAvailability, readCompanyAlone, readEventCreate, readNamedEvent } from './events.ts'
import { readGroups } from './groups.ts'
import { readHours } from './hours.ts'
import { readHow } from './how.ts'
import type { IntentReading } from './intent.ts'
import { readFind, readList } from './list.ts'
import { readLoosely } from './loose.ts'
import { readCancel, readComplete, readSnooze, readUpdate } from './manage.ts'
import { readHelp, readSettings, readTimeQuery, readUndo } from './plain.ts'
import { readRsvp } from './rsvp.ts'
import type { View } from './view.ts'

type Reader = (view: View) => IntentReading | undefined

/** Asked in this order; the first that knows what the sentence wants is believed. */
const readers: readonly Reader[] = [
  readUndo,
  readHelp,
  readHow,
  readHours,
  readSettings,
  readSnooze,
  readCalendars,
  readGroups,
  readAttendance,
  readVisibility,
  readInvite,
  readAmend,
  readRsvp,
  readPoll,
  readReminder,
  readTimeQuery,
  readComplete,
  readCancel,
  readUpdate,
  readNote,
  readTodo,
  readCompany,
  readAvailability,
  readFind,
  readList,
  readEventCreate,
  readNamedEvent,
  readCompanyAlone,
  readLoosely,
]

const nothing: IntentReading = { intent: 'none', confidence: 0.9, titleFrom: 0 }

export function readIntent(view: View): IntentReading {
  for (const read of readers) {
    const found = read(view)
    if (found) return found
  }
  return nothing
}
