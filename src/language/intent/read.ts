import { readAmend } from './amend.ts'
import { readNote, readReminder, readTodo } from './create.ts'
import { readAvailability, readEventCreate, readNamedEvent } from './events.ts'
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
  readSettings,
  readSnooze,
  readAmend,
  readRsvp,
  readReminder,
  readTimeQuery,
  readComplete,
  readCancel,
  readUpdate,
  readNote,
  readTodo,
  readAvailability,
  readFind,
  readList,
  readEventCreate,
  readNamedEvent,
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
