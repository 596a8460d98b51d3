import type { Context, Outcome } from '#core/command.ts'
import type { Group, Person } from '#core/model.ts'
import { problem, type Span, say, type Text } from '#core/reply.ts'
import type { PersonReference, Setting, Understanding } from '#core/understanding.ts'
import { done, short, tell } from './answer.ts'
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
  const { groups, rest: people } = await groupsAmong(understanding.people, context)
  const found = await whoIs(people, understanding, context)
  if (found.kind === 'unclear') return found.outcome
  const others = found.people.filter(({ id }) => id !== person.id)
  if (others.length + groups.length === 0)
    return { reply: problem('Reminders of your own always reach you: cancel those that you do not want.') }
  const names = andAll([
    ...groups.map(({ name }): Text => [`those in ${short(name, 60)}`]),
    ...(others.length > 0 ? [nameAll(others, context)] : []),
  ])
  const meant = [...groups.map(({ id }) => `${ofGroup}${id}`), ...others.map(({ userId }) => userId)]
  if (setting.from === 'only') {
    const text = say`Only ${names} may remind you. Take it back with ${{ kind: 'code', text: 'everybody may remind me' }}.`
    return set([everybody, ...meant.map(wanted)], text, context)
  }
  const rest = person.mutes.filter((mute) => !meant.some((one) => mute === one || mute === wanted(one)))
  if (!setting.allowed) {
    const more = person.mutes.includes(everybody) ? [] : meant
    return set([...rest, ...more], say`You get no reminders from ${names} any more.`, context)
  }
  return set(person.mutes.includes(everybody) ? [...rest, ...meant.map(wanted)] : rest, say`${names} may remind you.`, context)
}

/** What stands for a group among those whose reminders somebody wants, or does not. */
const ofGroup = 'group:'

/** The groups of the space among those who are named: who is in them may change. */
async function groupsAmong(people: readonly PersonReference[], { store, space }: Context) {
  const groups: Group[] = []
  const rest: PersonReference[] = []
  for (const one of people) {
    const [group] = 'name' in one ? await store.groups.named(space.id, one.name) : []
    if (group) groups.push(group)
    else rest.push(one)
  }
  return { groups, rest }
}

function andAll(names: readonly Text[]): Text {
  return names.flatMap((name, index) => (index === 0 ? name : [' and ', ...name]))
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

/** Who may remind somebody, with the names of those who are an exception: people by the platform's id of them, and groups. */
export async function sendersAllowed({ person: { mutes }, store, space }: Pick<Context, 'person' | 'store' | 'space'>) {
  const nobody = mutes.includes(everybody)
  const marked = nobody ? mutes.filter((mute) => mute.startsWith('+')).map((mute) => mute.slice(1)) : mutes
  const groups = await Promise.all(
    marked.filter((one) => one.startsWith(ofGroup)).map((one) => store.groups.get(space.id, one.slice(ofGroup.length))),
  )
  return {
    from: nobody ? ('nobody' as const) : ('everybody' as const),
    users: marked.filter((one) => !one.startsWith(ofGroup)),
    groups: groups.flatMap((group) => (group?.state === 'kept' ? [group.name] : [])),
  }
}

/** What the settings say of it; nothing while everybody may remind them. */
export async function sendersOf({ person: { mutes }, store, space }: Context): Promise<Text> {
  if (mutes.length === 0) return []
  const all = mutes.includes(everybody)
  const named = all ? mutes.filter((mute) => mute.startsWith('+')).map((mute) => mute.slice(1)) : mutes
  const names: Span[] = []
  for (const one of named) {
    const group = one.startsWith(ofGroup) ? await store.groups.get(space.id, one.slice(ofGroup.length)) : undefined
    if (one.startsWith(ofGroup) && group?.state !== 'kept') continue
    if (names.length > 0) names.push(', ')
    names.push(group ? `those in ${short(group.name, 60)}` : { kind: 'someone', user: one, name: 'somebody', quiet: true })
  }
  if (names.length === 0) return all ? [' Nobody but you reminds you.'] : []
  return all ? say` Nobody but you and ${names} reminds you.` : say` You get no reminders from ${names}.`
}
