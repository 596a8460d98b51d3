import type { Command, Context, Outcome } from '#core/command.ts'
import { mayWrite } from '#core/may-write.ts'
import type { Calendar, CalendarShare, Person } from '#core/model.ts'
import { problem, type Reply, say, strong, type Text } from '#core/reply.ts'
import type { Understanding } from '#core/understanding.ts'
import { done, short, tell } from './answer.ts'
import { calendarOf, channelMeant, notThere } from './channel.ts'
import { foldedName } from './find.ts'
import { asReader, notice } from './invitation/telling.ts'
import { nameAll, whoIs } from './who.ts'

const longestName = 80
const mostCalendars = 100

export const calendars: Command = {
  intents: ['calendar.create', 'calendar.list', 'calendar.update', 'calendar.delete'],
  understood(understanding, context) {
    switch (understanding.intent) {
      case 'calendar.list':
        return list(context)
      case 'calendar.update':
        return onNamed(understanding, context, (one) => update(one, understanding, context))
      case 'calendar.delete':
        return channelMeant(understanding.title, context) === undefined
          ? onNamed(understanding, context, (one) => remove(one, context))
          : removeOfChannel(understanding, context)
      default:
        return create(understanding, context)
    }
  },
  presses: {},
}

async function create({ title, content }: Understanding, context: Context): Promise<Outcome> {
  const { space, person } = context
  if (content === 'channel') return ofThisChannel(context)
  const name = title?.trim() ?? ''
  const visible = await context.store.calendars.of(space.id, person.id)
  const wrong = unusable(name, visible)
  if (wrong) return { reply: wrong }
  const common = content === 'space'
  const after: Calendar = {
    id: context.newId(),
    spaceId: space.id,
    ownerId: common ? null : person.id,
    kind: common ? 'space' : 'personal',
    channel: null,
    name,
    colour: null,
    feedSecretHash: null,
    state: 'kept',
    // Whoever made a calendar of everybody is who may rename and delete it.
    shares: common ? [{ personId: person.id, access: 'write', hidden: false }] : [],
    version: 1,
  }
  const whose = common ? 'everybody here sees it and may write in it' : 'only you see it until you share it'
  return done(
    context,
    'calendar created',
    say`The calendar ${strong(short(name))} is there: ${whose}. Use it: ${code(`put lunch into the ${short(name, 40)} calendar`)}`,
    [{ kind: 'calendar', before: null, after }],
  )
}

/** Made by itself with the first event in it; who wants it before has it. */
async function ofThisChannel(context: Context): Promise<Outcome> {
  const { place } = context.message
  if (place.kind !== 'channel') return { reply: problem('Say that in the channel whose calendar it shall be.') }
  const there = await context.there()
  const { change } = await calendarOf(place.channel, there)
  const channel = { kind: 'channel', channel: place.channel } as const
  if (!change) return tell(say`${channel} has a calendar already.`)
  const text = say`${channel} has a calendar: those who are here read it and write in it. Use it: ${code('retro on Friday at 3 in the channel calendar')}`
  return { ...done(there, 'calendar created', text, [change]), in: there }
}

function unusable(name: string, visible: readonly Calendar[]): Reply | undefined {
  if (name === '') return problem(say`What is the calendar called? For example: ${code('create a calendar Launch')}`)
  if (name.length > longestName) return problem(`The name of a calendar has ${longestName} characters at most.`)
  if (visible.some((one) => foldedName(one.name) === foldedName(name))) return problem(say`You have a calendar ${strong(name)} already.`)
  return visible.length >= mostCalendars
    ? problem(`You see ${mostCalendars} calendars, which is as many as I keep: delete one first.`)
    : undefined
}

async function list(context: Context): Promise<Outcome> {
  const { store, space, person } = context
  const visible = await store.calendars.of(space.id, person.id)
  const others = visible.flatMap(({ ownerId, shares }) => [...(ownerId ? [ownerId] : []), ...shares.map(({ personId }) => personId)])
  const people = new Map((await store.people.several(space.id, [...new Set(others)])).map((one) => [one.id, one]))
  const items = visible.map((one) => ({ text: [strong(one.name)], detail: detailOf(one, people, context) }))
  return tell(say`${strong('Your calendars')}`, [{ kind: 'list', items }])
}

function detailOf(one: Calendar, people: ReadonlyMap<string, Person>, context: Context): Text {
  const { person } = context
  const mine = one.ownerId === person.id
  const readers = one.shares.flatMap(({ personId }) => (personId === person.id ? [] : (people.get(personId) ?? [])))
  const owner = one.ownerId === null ? undefined : people.get(one.ownerId)
  const share = shareOf(one, person.id)
  const whose: Text = mine
    ? readers.length === 0
      ? ['yours alone']
      : say`yours, shared with ${nameAll(readers, context)}`
    : owner
      ? say`of ${nameAll([owner], context)}, ${share?.access === 'write' ? 'you may write' : 'you may read'}`
      : ['of everybody here']
  return [...whose, ...(one.id === person.calendarId ? [', new events go here'] : []), ...(share?.hidden ? [', hidden'] : [])]
}

function shareOf({ shares }: Calendar, personId: string): CalendarShare | undefined {
  return shares.find((one) => one.personId === personId)
}

async function onNamed({ title }: Understanding, context: Context, act: (one: Calendar) => Outcome | Promise<Outcome>): Promise<Outcome> {
  const { store, space, person } = context
  const visible = await store.calendars.of(space.id, person.id)
  const wanted = foldedName(title ?? '')
  const named = visible.filter(({ id, name }) => (wanted === '' ? id === person.calendarId : foldedName(name) === wanted))
  const [one] = named.toSorted((a, b) => Number(b.ownerId === person.id) - Number(a.ownerId === person.id))
  if (one) return act(one)
  return {
    reply: problem(say`You have no calendar “${short(title ?? '', 60)}”. Yours: ${visible.map(({ name }) => short(name, 40)).join(', ')}.`),
  }
}

async function update(one: Calendar, understanding: Understanding, context: Context): Promise<Outcome> {
  switch (understanding.content) {
    case 'hide':
    case 'show':
      return show(one, understanding.content === 'hide', context)
    case 'default':
      return useByDefault(one, context)
    case 'rename':
      return rename(one, understanding.changes?.title?.trim() ?? '', context)
    default:
      return share(one, understanding, context)
  }
}

function show(one: Calendar, hidden: boolean, context: Context): Outcome {
  const { person } = context
  const own = shareOf(one, person.id)
  if ((own?.hidden ?? false) === hidden) return tell(say`${strong(one.name)} is ${hidden ? 'hidden' : 'shown'} already.`)
  const mine: CalendarShare = { personId: person.id, access: own?.access ?? (one.ownerId === person.id ? 'write' : 'read'), hidden }
  const shares = [...one.shares.filter(({ personId }) => personId !== person.id), mine]
  const words = hidden ? 'is hidden from your plans now; its events still count as busy.' : 'is shown in your plans again.'
  return done(context, hidden ? 'calendar hidden' : 'calendar shown', say`${strong(one.name)} ${words}`, [
    { kind: 'calendar', before: one, after: { ...one, shares, version: one.version + 1 } },
  ])
}

function useByDefault(one: Calendar, context: Context): Outcome {
  const { person } = context
  if (!mayWrite(one, person.id)) return { reply: problem(say`You may read ${strong(one.name)} and not write in it.`) }
  if (one.id === person.calendarId) return tell(say`New events go into ${strong(one.name)} already.`)
  const after: Person = { ...person, calendarId: one.id, version: person.version + 1 }
  return done(context, 'default calendar set', say`New events go into ${strong(one.name)} from now on.`, [
    { kind: 'person', before: person, after },
  ])
}

async function rename(one: Calendar, name: string, context: Context): Promise<Outcome> {
  if (!rules(one, context)) return { reply: notYours(one) }
  const wrong = unusable(name, await context.store.calendars.of(context.space.id, context.person.id))
  if (wrong) return { reply: wrong }
  return done(context, 'calendar renamed', say`${strong(one.name)} is called ${strong(name)} now.`, [
    { kind: 'calendar', before: one, after: { ...one, name, version: one.version + 1 } },
  ])
}

/** A share is told to whoever gets it; taking it away again is not. */
async function share(one: Calendar, understanding: Understanding, context: Context): Promise<Outcome> {
  if (one.ownerId === null) return { reply: problem(say`Everybody here sees ${strong(one.name)} already.`) }
  if (!rules(one, context)) return { reply: notYours(one) }
  const who = await whoIs(understanding.people, understanding, context)
  if (who.kind === 'unclear') return who.outcome
  if (who.emails.length > 0) return { reply: problem('I share calendars with people here, and not by e-mail.') }
  const people = who.people.filter(({ id }) => id !== context.person.id)
  const ids = new Set(people.map(({ id }) => id))
  const rest = one.shares.filter(({ personId }) => !ids.has(personId))
  const takesAway = understanding.content === 'unshare'
  const access = understanding.content === 'share-write' ? 'write' : 'read'
  const shares = takesAway ? rest : [...rest, ...people.map(({ id }): CalendarShare => ({ personId: id, access, hidden: false }))]
  const after: Calendar = { ...one, shares, version: one.version + 1 }
  const may = access === 'write' ? 'read and change it' : 'read it'
  const words = takesAway
    ? say`${nameAll(people, context)} see ${strong(one.name)} no more.`
    : say`${nameAll(people, context)} may ${may} now: ${strong(one.name)}. What you make private stays yours.`
  const outcome = done(context, takesAway ? 'calendar unshared' : 'calendar shared', words, [{ kind: 'calendar', before: one, after }])
  if (takesAway) return outcome
  const notices = people.map((reader) => {
    const text = say`${strong(context.person.name)} shares the calendar ${strong(short(one.name))} with you: you may ${may}. Its events are among your plans; ${code(`hide the ${short(one.name, 40)} calendar`)} if you do not want that.`
    return notice('tell', [{ kind: 'text', text }], reader, asReaderOf(reader, context), ['shared', one.id, String(after.version)])
  })
  return { ...outcome, notices }
}

/** The notice is caused by us and read by them. */
function asReaderOf(reader: Person, context: Context): Context {
  return { ...asReader(reader, context), person: context.person }
}

function remove(one: Calendar, context: Context): Outcome {
  if (!rules(one, context)) return { reply: notYours(one) }
  if (one.id === context.person.calendarId)
    return {
      reply: problem(
        say`New events of yours go into ${strong(one.name)}: say ${code('make … my default calendar')} with another one first.`,
      ),
    }
  // The name is free for another one.
  const after: Calendar = { ...one, state: 'deleted', name: `${one.name} ${one.id}`, version: one.version + 1 }
  return done(context, 'calendar deleted', say`Deleted the calendar ${strong(one.name)}, with what is in it.`, [
    { kind: 'calendar', before: one, after },
  ])
}

/** The calendar of a channel goes with what is in it, so it is for those to say who manage the place. */
async function removeOfChannel({ title }: Understanding, context: Context): Promise<Outcome> {
  const there = await context.there()
  const id = channelMeant(title, context) ?? ''
  const channel = { kind: 'channel', channel: id } as const
  const one = await there.store.calendars.ofChannel(there.space.id, id)
  if (one?.state !== 'kept') return { reply: problem(say`${channel} has no calendar.`) }
  const refused = await notThere(id, there)
  if (refused !== undefined) return { reply: problem(refused) }
  const admin = await there.manages(there.person.userId)
  if (admin === undefined) return { reply: problem('I cannot see now whether you manage this place: try again in a minute.') }
  if (!admin) return { reply: problem('Only those who manage this place delete the calendar of a channel: ask one of them.') }
  // The channel is free for another one.
  const after: Calendar = { ...one, state: 'deleted', channel: null, version: one.version + 1 }
  const outcome = done(there, 'calendar deleted', say`Deleted the calendar of ${channel}, with what is in it.`, [
    { kind: 'calendar', before: one, after },
  ])
  return { ...outcome, in: there }
}

/** Whose it is; of a calendar of everybody, who made it. */
function rules(one: Calendar, { person }: Context): boolean {
  return one.ownerId === person.id || (one.ownerId === null && shareOf(one, person.id)?.access === 'write')
}

function notYours({ name }: Calendar): Reply {
  return problem(say`${strong(name)} is somebody else’s calendar: only they can do that.`)
}

function code(text: string) {
  return { kind: 'code', text } as const
}
