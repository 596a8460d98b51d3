import type { Context, Outcome } from '#core/command.ts'
import type { Person } from '#core/model.ts'
import { problem, type Span, say, type Text } from '#core/reply.ts'
import type { Setting, Understanding } from '#core/understanding.ts'
import { done, tell } from './answer.ts'
import { nameAll, whoIs } from './who.ts'

/** Whose reminders somebody takes. Their own always reach them. */

const everybody = '*'

/** "nobody may remind me", "don't let Bob remind me", "let Bob remind me again". */
export async function setSenders(
  understanding: Understanding,
  setting: Extract<Setting, { kind: 'senders' }>,
  context: Context,
): Promise<Outcome> {
  const { person } = context
  if (setting.from === 'everybody') {
    if (setting.allowed) return set([], ['Everybody may remind you.'], context)
    const text = say`Nobody but you reminds you any more. Take it back with ${{ kind: 'code', text: 'everybody may remind me' }}.`
    return set([everybody], text, context)
  }
  const found = await whoIs(understanding.people, understanding, context)
  if (found.kind === 'unclear') return found.outcome
  const others = found.people.filter(({ id }) => id !== person.id)
  if (others.length === 0) return { reply: problem('Reminders of your own always reach you: cancel those that you do not want.') }
  const names = nameAll(others, context)
  const users = others.map(({ userId }) => userId)
  if (setting.from === 'only') {
    const text = say`Only ${names} may remind you. Take it back with ${{ kind: 'code', text: 'everybody may remind me' }}.`
    return set([everybody, ...users.map(wanted)], text, context)
  }
  const rest = person.mutes.filter((mute) => !users.some((user) => mute === user || mute === wanted(user)))
  if (!setting.allowed) {
    const more = person.mutes.includes(everybody) ? [] : users
    return set([...rest, ...more], say`You get no reminders from ${names} any more.`, context)
  }
  return set(person.mutes.includes(everybody) ? [...rest, ...users.map(wanted)] : rest, say`${names} may remind you.`, context)
}

/** Who reminds somebody although nobody else does. */
function wanted(user: string): string {
  return `+${user}`
}

function set(mutes: readonly string[], text: Text, context: Context): Outcome {
  const { person } = context
  if (mutes.length === person.mutes.length && mutes.every((user) => person.mutes.includes(user)))
    return tell(say`${text} It was so already.`)
  const after: Person = { ...person, mutes, version: person.version + 1 }
  return done(context, 'senders of reminders set', text, [{ kind: 'person', before: person, after }])
}

/** What the settings say of it; nothing while everybody may remind them. */
export function sendersOf({ mutes }: Person): Text {
  if (mutes.length === 0) return []
  const all = mutes.includes(everybody)
  const users = all ? mutes.filter((mute) => mute.startsWith('+')).map((mute) => mute.slice(1)) : mutes
  if (users.length === 0) return [' Nobody but you reminds you.']
  const names = users.flatMap((user, index): Span[] => [
    ...(index === 0 ? [] : [', ']),
    { kind: 'someone', user, name: 'somebody', quiet: true },
  ])
  return all ? say` Nobody but you and ${names} reminds you.` : say` You get no reminders from ${names}.`
}
