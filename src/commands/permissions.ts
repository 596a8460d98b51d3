import type { Context, Outcome } from '#core/command.ts'
import type { Permitted, Recipient, Space, SpaceRules } from '#core/model.ts'
import { problem, type Reply, say, type Text } from '#core/reply.ts'
import type { Setting, Understanding } from '#core/understanding.ts'
import { done, tell } from './answer.ts'
import { circleNamed, isInside, nameOf } from './invitation/circle.ts'

/** Who may remind channels, and everyone in one: a rule of the whole space, made by those who manage it. */

type About = Exclude<keyof SpaceRules, 'listens'>

const whom: Readonly<Record<About, string>> = { channels: 'channels', everyone: 'everyone in a channel' }

/** "only admins may remind channels", "only members of @ops may remind everyone", "everybody may remind channels again". */
export async function setRule(
  understanding: Understanding,
  { about, who }: Extract<Setting, { kind: 'rule' }>,
  context: Context,
): Promise<Outcome> {
  // A Discord user has a space of their own; the rule is of the server.
  const there = await context.there()
  const { space } = there
  const refused = await unlessManaging(`set who may remind ${whom[about]}`, context)
  if (refused) return { reply: refused }
  const permitted = await permittedBy(understanding, who, there)
  if (permitted && 'reply' in permitted) return permitted
  const { [about]: _, ...rest } = space.rules
  const after: Space = { ...space, rules: { ...rest, ...(permitted ? { [about]: permitted } : {}) }, version: space.version + 1 }
  const text = say`${ruleText(about, permitted)}`
  if (JSON.stringify(after.rules) === JSON.stringify(space.rules)) return tell(say`${text} It was so already.`)
  return { ...done(there, 'rule of the space set', text, [{ kind: 'space', before: space, after }]), in: there }
}

/** Why somebody may not decide for the whole place; undefined when they may. */
export async function unlessManaging(what: string, { manages, person }: Context): Promise<Reply | undefined> {
  const admin = await manages(person.userId)
  if (admin === undefined) return problem('I cannot see now whether you manage this place: try again in a minute.')
  return admin ? undefined : problem(`Only those who manage this place ${what}: ask one of them.`)
}

async function permittedBy(
  { people: [named] }: Understanding,
  who: 'admins' | 'everybody' | 'named',
  context: Context,
): Promise<Permitted | undefined | { readonly reply: Reply }> {
  if (who === 'everybody') return undefined
  if (who === 'admins' || !named) return { kind: 'admins' }
  const circle = await circleNamed(named, context)
  const said = 'name' in named ? named.name : 'mention' in named ? named.mention : ''
  // Groups on Discord are of whoever made them, and no others know who is in them.
  if (!circle && context.message.place.platform === 'discord') return { reply: problem(`I know no role “${said}” in this server.`) }
  return (
    circle ?? {
      reply: problem(say`I know no group or role “${said}”. Make one: ${{ kind: 'code', text: `create a group ${said} with @somebody` }}`),
    }
  )
}

/** "Only those who manage this place may remind channels." */
function ruleText(about: About, permitted: Permitted | undefined): Text {
  if (!permitted) return [`Everybody may remind ${whom[about]}.`]
  if (permitted.kind === 'admins') return [`Only those who manage this place may remind ${whom[about]}.`]
  return say`Only ${nameOf(permitted)}, and those who manage this place, may remind ${whom[about]}.`
}

/** What the settings say of it; nothing while everybody may do everything. */
export function rulesOf({ rules }: Space): readonly Text[] {
  return (['channels', 'everyone'] as const).flatMap((about) => (rules[about] ? [ruleText(about, rules[about])] : []))
}

/** Why this person may not remind them; undefined when they may. */
export async function forbidden(
  recipients: readonly Recipient[],
  understanding: Understanding,
  context: Context,
): Promise<Text | undefined> {
  if (!recipients.some(({ kind }) => kind === 'channel')) return undefined
  const about: readonly About[] = addressesAll(understanding, context) ? ['channels', 'everyone'] : ['channels']
  const there = await context.there()
  for (const each of about) {
    const permitted = there.space.rules[each]
    if (!permitted || (await isPermitted(permitted, there))) continue
    return ruleText(each, permitted)
  }
  return undefined
}

async function isPermitted(permitted: Permitted, context: Context): Promise<boolean> {
  if (permitted.kind !== 'admins' && (await isInside(permitted, context))) return true
  return (await context.manages(context.person.userId)) === true
}

/** "remind everyone", "remind @here": the words that say for whom it is. */
function addressesAll({ spans }: Understanding, { message }: Context): boolean {
  if (message.kind !== 'sentence') return false
  return spans.some(
    ({ slot, start, end }) => slot === 'target' && /every(?:one|body)|@(?:here|channel)|<!/i.test(message.text.slice(start, end)),
  )
}
