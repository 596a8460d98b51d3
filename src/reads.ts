import { agendaOf } from '#commands/agenda.ts'
import { meetAccount } from '#core/account.ts'
import type { Store } from '#core/ports.ts'
import type { Reads } from '#web/ports.ts'

/** As many of each kind as a page shows at once. */
const most = 200

/** What the web page lists, of the person that an account is. */
export function createReads(store: Store): Reads {
  const personOf = (user: string) => meetAccount(store, user)

  return {
    person: async (user) => (await personOf(user)).person.id,
    async reminders(user) {
      const { space, person } = await personOf(user)
      return store.reminders.open(space.id, person.id, most)
    },
    audience: store.calendars.audience,
    async events(user, from, to, limit) {
      const { space, person } = await personOf(user)
      const { occurrences: found } = await agendaOf(store, space.id, person.id, { from, to })
      return found.slice(0, limit).map(({ event, startsAt, endsAt }) => {
        const { id, title, allDay, timeZone, location, status } = event
        return { id, title, allDay, timeZone, location, status, startsAt, endsAt }
      })
    },
  }
}
