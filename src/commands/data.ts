import { randomBytes } from 'node:crypto'
import type { Context, Outcome, Pressed } from '#core/command.ts'
import { dataVerb, type PersonalCounts, readTicket, ticketArgument } from '#core/personal.ts'
import { type Button, problem, say, strong } from '#core/reply.ts'
import { amount } from './amount.ts'
import { settled, tell } from './answer.ts'

/** How long a link to everything counts, and how long somebody may weigh whether to erase it. */
const lives = { link: { hours: 1 }, erasing: { minutes: 10 } } as const

/** "export my data": everything that is kept about a person, in one file, once. */
export function giveAway(context: Context): Outcome {
  const nonce = randomBytes(6).toString('hex')
  const token = context.token(dataVerb, context.person.id, ticketArgument(context.now.add(lives.link), nonce))
  const link = { kind: 'link', url: context.address(`/data/${token}`), text: 'my-data.json' } as const
  return tell(say`Here is everything I keep about you: ${link}. The link works once, within an hour.`)
}

/** "delete my data": says what that is, and erases nothing before it was confirmed twice. */
export async function askToErase(context: Context): Promise<Outcome> {
  const counts = await context.store.personal.counts(context.space.id, context.person.id)
  const button: Button = { label: 'Erase all of it…', token: tokenOf('erase-data', context), style: 'danger' }
  const { reply } = tell(say`I would erase everything I keep about you here: ${strong(listed(counts))}, your settings and our history.`, [
    {
      kind: 'text',
      text: [`${others(counts)}It is erased at once and for good: there is no undo. Take a copy first with “export my data”.`],
    },
    { kind: 'buttons', buttons: [button] },
  ])
  return { reply: { ...reply, tone: 'ask' } }
}

export function askAgain(pressed: Pressed, context: Context): Outcome {
  if (!isTheirs(pressed, context)) return { reply: tooLate }
  return {
    reply: {
      tone: 'ask',
      visibility: 'author',
      replaces: true,
      blocks: [
        { kind: 'text', text: say`${strong('Really erase everything?')} I cannot bring any of it back.` },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Yes, erase everything', token: tokenOf('erase-really', context), style: 'danger' },
            { label: 'Keep it', token: tokenOf('erase-not', context) },
          ],
        },
      ],
    },
  }
}

export async function erase(pressed: Pressed, context: Context): Promise<Outcome> {
  if (!isTheirs(pressed, context)) return { reply: tooLate }
  await context.store.personal.erase(context.space.id, context.person.id)
  return settled(context, ['Everything is erased. If you write to me again, we begin anew.'])
}

export function keepIt(_: Pressed, context: Context): Outcome {
  return settled(context, ['Nothing was erased.'])
}

const tooLate = problem('That was too long ago, or for somebody else. Say “delete my data” if you still want it.')

function tokenOf(verb: string, { token, person, now }: Context): string {
  return token(verb, person.id, ticketArgument(now.add(lives.erasing), ''))
}

function isTheirs({ subject, argument }: Pressed, { person, now }: Context): boolean {
  const until = readTicket(argument)
  return subject === person.id && until !== undefined && Temporal.Instant.compare(until, now) >= 0
}

function listed({ events, reminders, todos, lists, notes, folders, calendars }: PersonalCounts): string {
  return [
    amount(events, 'event'),
    amount(reminders, 'reminder'),
    `${amount(todos, 'todo')} on ${amount(lists, 'list')}`,
    `${amount(notes, 'note')}${folders === 0 ? '' : ` in ${amount(folders, 'folder')}`}`,
    amount(calendars, 'calendar'),
  ].join(', ')
}

function others({ withOthers }: PersonalCounts): string {
  if (withOthers === 0) return ''
  return `${withOthers === 1 ? 'One of the events has guests: it ends' : `${withOthers} of the events have guests: they end`} for them too. In events of others, a guest without a name stays. `
}
