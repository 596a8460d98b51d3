import type { Context } from '#core/command.ts'
import { eventFileVerb, exportArgument } from '#core/exchange.ts'
import type { Attendee, CalendarEvent } from '#core/model.ts'
import { type Block, say } from '#core/reply.ts'
import { short } from '../answer.ts'

/** How long the link to an invitation counts: as long as people take to pass it on. In hours. */
const linkLife = 14 * 24
const mostNamed = 5

/** That nobody writes to those who are invited by e-mail, with the file to forward to them. */
export function forwardHint(
  event: Pick<CalendarEvent, 'id' | 'title'>,
  guests: readonly Pick<Attendee, 'email'>[],
  context: Context,
): readonly Block[] {
  const emails = guests.flatMap(({ email }) => email ?? [])
  if (emails.length === 0) return []
  const url = context.address(
    `/calendar/file/${context.token(eventFileVerb, event.id, exportArgument('ics', context.now.add({ hours: linkLife })))}`,
  )
  const named = emails.slice(0, mostNamed).join(' and ')
  const more = emails.length > mostNamed ? ` and ${emails.length - mostNamed} more` : ''
  const file = { kind: 'link', url, text: `${short(event.title, 60)}.ics` } as const
  return [{ kind: 'aside', text: say`I send no e-mail: pass ${file} on to ${named}${more} yourself. The link works for two weeks.` }]
}
