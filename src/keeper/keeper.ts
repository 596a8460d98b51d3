import { meetAccount } from '#core/account.ts'
import { createEngine, type EngineParts } from '#core/engine.ts'
import type { Held } from '#core/ports.ts'
import type { Keeper } from '#web/keeping.ts'
import { groupRules, peopled } from './groups.ts'
import { inFolders, onLists } from './held.ts'
import { noteRules, reminderRules, todoRules } from './rules.ts'
import { createSettings } from './settings.ts'
import { createShelf } from './shelf.ts'

/** What the person of an account keeps, for programs: what chat does by sentence, by field. */
export function createKeeper({ store, ...rest }: EngineParts): Keeper {
  // Nobody is there to be asked, and nobody's question is answered.
  const unasked = { ...store, questions: { ...store.questions, ask: async () => undefined, open: async () => undefined } }
  const parts = { engine: createEngine({ ...rest, store: unasked }), store, clock: rest.clock }
  async function own<One>(user: string, holders: { of(spaceId: string, ownerId: string): Promise<readonly Held<One>[]> }) {
    const { space, person } = await meetAccount(store, user)
    return holders.of(space.id, person.id)
  }

  return {
    reminders: createShelf(reminderRules, parts),
    todos: onLists(createShelf(todoRules, parts), store),
    notes: inFolders(createShelf(noteRules, parts), store),
    lists: (user) => own(user, store.lists),
    folders: (user) => own(user, store.folders),
    groups: peopled(createShelf(groupRules, parts), store),
    settings: createSettings(parts),
  }
}
