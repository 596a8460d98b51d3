import { randomUUID } from 'node:crypto'
import type { Deliver } from '#core/ports.ts'
import { type Reply, say, strong } from '#core/reply.ts'
import type { ReminderRead } from '#web/ports.ts'
import { type House, tell } from './house.ts'

/** A reply about a reminder, with buttons by label. */
function about(tone: Reply['tone'], reminder: ReminderRead, words: Reply['blocks'], buttons: Record<string, string>): Reply {
  return {
    tone,
    visibility: 'place',
    blocks: [
      ...words,
      {
        kind: 'buttons',
        buttons: Object.entries(buttons).map(([label, verb], index) => ({
          label,
          token: `${verb}.${reminder.id}`,
          ...(index === 0 && tone === 'ring' ? { style: 'primary' as const } : {}),
        })),
      },
    ],
  }
}

/** The smallest engine that keeps reminders: enough to watch the page remind. Rings when told to. */
export function keepReminders(house: House) {
  const changed = (user: string) =>
    house.parts.broadcast.publish('change', { kind: 'reminder', id: 'one', spaceId: 'local', personId: `person of ${user}` })

  function take(id: string): ReminderRead | undefined {
    const index = house.reminders.findIndex((reminder) => reminder.id === id)
    return index < 0 ? undefined : house.reminders.splice(index, 1)[0]
  }

  const answer: Deliver = async (message) => {
    const user = message.author.id
    if (message.kind === 'press') {
      const [verb = '', id = ''] = message.token.split('.')
      const reminder = take(id)
      if (!reminder) return { ...tell('That reminder is gone.'), tone: 'problem', replaces: true }
      const later = Temporal.Now.instant().add({ minutes: 10 })
      if (verb === 'snooze') house.reminders.push({ ...reminder, state: 'scheduled', dueAt: later })
      await changed(user)
      const time = { kind: 'time', at: later.toString(), show: 'time', timeZone: 'UTC' } as const
      if (verb === 'snooze') {
        return {
          tone: 'done',
          visibility: 'place',
          replaces: true,
          blocks: [{ kind: 'text', text: say`Again at ${time}: ${strong(reminder.text)}.` }],
        }
      }
      const what = verb === 'undo' ? 'Undone' : 'Done'
      return {
        tone: 'done',
        visibility: 'place',
        replaces: true,
        blocks: [{ kind: 'text', text: say`${what}: ${strong(reminder.text)}.` }],
      }
    }
    const asked = /^remind me in (?<seconds>\d+) seconds? to (?<text>.+)$/.exec(message.text)?.groups
    if (!asked) return tell(`I heard "${message.text}".`)
    const dueAt = message.at.add({ seconds: Number(asked.seconds) })
    const reminder: ReminderRead = {
      id: randomUUID(),
      text: asked.text ?? '',
      dueAt,
      timeZone: message.author.timeZone ?? 'UTC',
      state: 'scheduled',
      rrule: null,
    }
    house.reminders.push(reminder)
    await changed(user)
    const time = { kind: 'time', at: dueAt.toString(), show: 'full', timeZone: reminder.timeZone } as const
    const text = say`I will remind you to ${strong(reminder.text)} on ${time}.`
    return about('done', reminder, [{ kind: 'text', text }], { Undo: 'undo' })
  }

  return {
    answer,
    /** Rings the reminder with these words. */
    async ring(text: string): Promise<void> {
      const index = house.reminders.findIndex((reminder) => reminder.text === text)
      const reminder = house.reminders[index]
      if (!reminder) throw new Error(`no reminder says ${text}`)
      house.reminders[index] = { ...reminder, state: 'delivered' }
      const reply = about('ring', reminder, [{ kind: 'text', text: [strong(text)] }], { Done: 'done', 'In 10 minutes': 'snooze' })
      await house.parts.bot.send('local', { kind: 'direct', user: 'me' }, reply, `ring ${reminder.id}`)
      await changed('me')
    },
  }
}
