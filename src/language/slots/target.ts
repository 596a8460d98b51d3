import type { IntentReading } from '../intent/intent.ts'
import { says, type View } from '../intent/view.ts'
import { at, type Sentence } from '../text/tokens.ts'
import { readPeople, skipLinks } from './people.ts'
import type { Slots } from './slots.ts'
import { spanOf, type Used } from './used.ts'

/** Whom a reminder is for: me, people, a channel. */
export function fillTarget(view: View, found: IntentReading, used: Used, slots: Slots) {
  slots.target = { kind: 'me' }
  const placed = found.given?.channel
  if (placed !== undefined) {
    slots.target = { kind: 'channel' }
    slots.channel = placed
    slots.channels.push(placed)
    return
  }
  const to = fillFirst(view, found.titleFrom, used, slots)
  if (to !== undefined) fillFurther(view, to, used, slots)
}

// "me and Bob"   "#ops"   "everyone in #ops"   "@here"   "the team"   "the design team"   "Ann, Bob"; the token after it
function fillFirst({ s, kept }: View, i: number, used: Used, slots: Slots): number | undefined {
  const first = at(s, i)
  const others =
    first.text === 'me' && (at(s, i + 1).text === 'and' || at(s, i + 1).text === ',')
      ? readPeople(s, i + 2, s.tokens.length, kept, false)
      : undefined
  if (others) {
    slots.target = { kind: 'people' }
    slots.people.push({ name: 'me' }, ...others.people)
    slots.spans.push(spanOf(s, 'target', i, others.to))
    used.take(i, others.to)
    return others.to
  }
  if (first.text === 'me' || first.text === 'myself') {
    slots.spans.push(spanOf(s, 'target', i, i + 1))
    used.take(i, i + 1)
    return i + 1
  }
  // "everyone in #ops": the channel is all of them.
  const everyone = (first.text === 'everyone' || first.text === 'everybody') && (at(s, i + 1).text === 'in' || at(s, i + 1).text === 'on')
  const to = everyone ? i + 2 : i
  const named = readNamedChannel(s, to, kept)
  if (named) {
    used.take(i, to)
    slots.target = { kind: 'channel' }
    takeChannel(s, named, used, slots)
    return named.to
  }
  const entry = kept.get(i)
  const broadcast = readBroadcast(s, i)
  if (broadcast > i) {
    slots.target = { kind: 'channel' }
    slots.channel = 'here'
    slots.spans.push(spanOf(s, 'target', i, broadcast))
    used.take(i, broadcast)
    return broadcast
  }
  if (
    first.text === 'us' ||
    first.text === 'everyone' ||
    first.text === 'everybody' ||
    says(s, i, 'the team') ||
    says(s, i, 'the channel') ||
    says(s, i, 'this channel')
  ) {
    slots.target = { kind: 'channel' }
    slots.channel = 'here'
    const to = first.text === 'the' || first.text === 'this' ? i + 2 : i + 1
    slots.spans.push(spanOf(s, 'target', i, to))
    used.take(i, to)
    return to
  }
  // Nobody knows who "them" is, and the answer says so.
  if (someone.has(first.text) && ['to', 'about', 'that', 'of'].includes(at(s, i + 1).text)) {
    slots.target = { kind: 'people' }
    slots.people.push({ name: s.text.slice(first.start, first.end) })
    slots.spans.push(spanOf(s, 'target', i, i + 1))
    used.take(i, i + 1)
    return undefined
  }
  const team = readTeam(s, i)
  if (team) {
    slots.target = { kind: 'people' }
    slots.people.push({ name: team.name })
    slots.spans.push(spanOf(s, 'target', i, team.to))
    used.take(i, team.to)
    return team.to
  }
  const isRemind = ['remind', 'reminding', 'nag', 'nagging', 'pester'].includes(s.tokens[i - 1]?.text ?? '')
  const people = readPeople(s, i, s.tokens.length, kept, false)
  if (!people || !(isRemind || entry?.kind === 'person' || first.text === '@')) return undefined
  // "remind Buy milk at 5": a capital alone is no person.
  const after = at(s, people.to)
  const addressed =
    entry !== undefined ||
    first.text === '@' ||
    ['to', 'about', 'that', 'of'].includes(after.text) ||
    (after.word.opens && hasMore(s, people.to, used)) ||
    s.sealed[people.to] === 1 ||
    readNamedChannel(s, skipLinks(s, people.to), kept) !== undefined
  if (!addressed) return undefined
  slots.target = { kind: 'people' }
  slots.people.push(...people.people)
  slots.spans.push(spanOf(s, 'target', people.from, people.to))
  used.take(people.from, people.to)
  return people.to
}

/** As many places as one reminder may name; more are a mistake. */
const mostFurther = 20

// "#ops [and #dev]"   "#ops [and Bob]"   "me [and #ops]"
function fillFurther({ s, kept }: View, from: number, used: Used, slots: Slots) {
  let end = from
  for (let more = 0; more < mostFurther; more++) {
    const next = skipLinks(s, end)
    const channel = readNamedChannel(s, next, kept)
    const people = channel || next === end || slots.channel === null ? undefined : readPeople(s, next, s.tokens.length, kept, false)
    if (!channel && !people) return
    if (channel) {
      if (slots.target?.kind === 'me') {
        slots.target = { kind: 'people' }
        slots.people.push({ name: 'me' })
      }
      if (slots.channel === 'here' && slots.channels.length === 0) slots.channels.push('here')
      takeChannel(s, channel, used, slots)
    }
    if (people) {
      slots.target = { kind: 'people' }
      slots.people.push(...people.people)
      slots.spans.push(spanOf(s, 'target', people.from, people.to))
      used.take(people.from, people.to)
    }
    used.take(end, next)
    end = (channel ?? people)?.to ?? end
  }
}

interface NamedChannel {
  readonly from: number
  readonly to: number
  readonly name: string
}

// "<#C12|ops>"   "#ops"   "~ops"
export function readNamedChannel(s: Sentence, from: number, kept: View['kept']): NamedChannel | undefined {
  const entry = kept.get(from)
  if (entry?.kind === 'channel') return { from, to: entry.to, name: entry.text }
  const { text, start } = at(s, from)
  if (!(text === '#' || s.text[start] === '~') || !at(s, from + 1).glued || at(s, from + 1).kind !== 'word') return undefined
  let to = from + 2
  while (at(s, to).glued && (at(s, to).kind === 'word' || at(s, to).kind === 'number' || at(s, to).text === '-' || at(s, to).text === '_'))
    to++
  return { from, to, name: s.text.slice(start, at(s, to - 1).end) }
}

const broadcasts = new Set(['here', 'channel', 'everyone'])

// "@here"   "@everyone"   "<!here>", as Slack writes it; the token after it, or `i`
export function readBroadcast(s: Sentence, i: number): number {
  if (at(s, i).text === '@') return at(s, i + 1).glued && broadcasts.has(at(s, i + 1).text) ? i + 2 : i
  if (at(s, i).text !== '<' || at(s, i + 1).text !== '!' || !broadcasts.has(at(s, i + 2).text)) return i
  for (let j = i + 3; j < i + 8 && at(s, j).glued; j++) if (at(s, j).text === '>') return j + 1
  return i
}

// "remind [the design team] to ...": a group by its name
function readTeam(s: Sentence, i: number): { readonly name: string; readonly to: number } | undefined {
  if (at(s, i).text !== 'the' && at(s, i).text !== 'our') return undefined
  for (let j = i + 1; j < i + 5 && at(s, j).kind === 'word'; j++) {
    const { text } = at(s, j)
    if (text !== 'team' && text !== 'group' && text !== 'crew' && text !== 'squad') continue
    const leads = ['to', 'about', 'that', 'of'].includes(at(s, j + 1).text) || at(s, j + 1).word.opens
    return j > i + 1 && leads ? { name: s.text.slice(at(s, i + 1).start, at(s, j).end), to: j + 1 } : undefined
  }
  return undefined
}

const someone = new Set(['him', 'her', 'them', 'someone', 'somebody', 'anyone'])

/** "remind Jane tomorrow to call" says what; "remind Stretch tomorrow" says nothing but the name, which is what then. */
function hasMore(s: Sentence, from: number, used: Used): boolean {
  for (let i = from; i < s.tokens.length; i++) if (!used.isTaken(i) && s.tokens[i]?.kind === 'word') return true
  return false
}

/** A channel is the one that the sentence is about when it is the first. */
function takeChannel(s: Sentence, { name, from, to }: NamedChannel, used: Used, slots: Slots) {
  slots.channel ??= name
  slots.channels.push(name)
  slots.spans.push(spanOf(s, 'channel', from, to))
  used.take(from, to)
}
