import type { Command } from '#core/command.ts'
import { announcing } from './announcing.ts'
import { answers } from './answers.ts'
import { availability } from './availability.ts'
import { batch, many } from './batch/command.ts'
import { calendars } from './calendar.ts'
import { clock } from './clock.ts'
import { digests } from './digest/command.ts'
import { event } from './event.ts'
import { exchange } from './exchange/command.ts'
import { group } from './group.ts'
import { help } from './help.ts'
import { invitations } from './invitation/command.ts'
import { telling } from './invitation/telling.ts'
import { pointing } from './it.ts'
import { knowing } from './known.ts'
import { note } from './note/command.ts'
import { overview } from './overview.ts'
import { page } from './page.ts'
import { polls } from './poll/command.ts'
import { reminder } from './reminder.ts'
import { settings } from './settings.ts'
import { todo } from './todo/command.ts'
import { undo } from './undo.ts'

/** Everything DuckTape can be asked. To add a command, add it here. */
const plain: readonly Command[] = [
  reminder,
  digests,
  event,
  invitations,
  availability,
  polls,
  calendars,
  todo,
  note,
  group,
  announcing(settings),
  overview,
  exchange,
  page,
  batch,
  clock,
  announcing(undo),
  help,
]

const everyday = knowing(pointing(plain))

export const commands: readonly Command[] = [...everyday, answers(everyday)].map(many).map(telling)
