import { createEngine, type EngineParts } from '#core/engine.ts'
import type { Keeper } from '#web/keeping.ts'
import { groupRules, peopled } from './groups.ts'
import { noteRules, reminderRules, todoRules } from './rules.ts'
import { createSettings } from './settings.ts'
import { createShelf } from './shelf.ts'

/** What the person of an account keeps, for programs: what chat does by sentence, by field. */
export function createKeeper({ store, ...rest }: EngineParts): Keeper {
  // Nobody is there to be asked, and nobody's question is answered.
  const unasked = { ...store, questions: { ...store.questions, ask: async () => undefined, open: async () => undefined } }
  const parts = { engine: createEngine({ ...rest, store: unasked }), store, clock: rest.clock }
  return {
    reminders: createShelf(reminderRules, parts),
    todos: createShelf(todoRules, parts),
    notes: createShelf(noteRules, parts),
    groups: peopled(createShelf(groupRules, parts), store),
    settings: createSettings(parts),
  }
}
