import type { Context, Outcome } from '#core/command.ts'
import type { Calendar } from '#core/model.ts'
import { problem, say, strong } from '#core/reply.ts'
import { short } from '../answer.ts'
import { foldedName } from '../find.ts'

export async function calendarNamed(name: string | null, { store, space, person }: Context): Promise<Calendar | undefined> {
  const known = await store.calendars.of(space.id, person.id)
  if (name === null) return known.find(({ id }) => id === person.calendarId)
  return known.find((each) => foldedName(each.name) === foldedName(name))
}

export function unknown(name: string | null): Outcome {
  return { reply: problem(say`You have no calendar called ${strong(short(name ?? '', 60))}. Say “my calendars” to see them.`) }
}

export function hostOf(url: string): string {
  return URL.parse(url.replace(/^webcals?:/i, 'https:'))?.host ?? 'that address'
}
