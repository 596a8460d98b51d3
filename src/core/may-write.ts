import type { Calendar } from './model.ts'

/** Whether somebody may put events into a calendar. Who is in a channel may write in its calendar too, which only the platform can say. */
export function mayWrite({ ownerId, kind, shares }: Calendar, personId: string): boolean {
  return ownerId === personId || kind === 'space' || shares.some((share) => share.personId === personId && share.access === 'write')
}
