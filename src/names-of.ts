import { homeOf } from '#core/home.ts'
import type { NamesOf, Store } from '#core/ports.ts'

/** What somebody has of a kind, by name. */
export function createNamesOf({ people, lists, folders }: Pick<Store, 'people' | 'lists' | 'folders'>): NamesOf {
  return async (kind, place, author) => {
    const { space, person } = await people.meet(homeOf(place, author), author)
    const held = await (kind === 'list' ? lists : folders).of(space.id, person.id)
    return held.map(({ one }) => one.name)
  }
}
