import type { ItemCode, Operation } from '#core/batch.ts'
import type { EventInput, Part, Planned, Planner } from '#web/planning.ts'

type Fields = Extract<Operation, { do: 'create' | 'update' | 'delete' }>

/** What a program asks for of an event; undefined when it was done. */
export async function eventOperation(
  operation: Fields,
  planner: Planner,
  user: string,
): Promise<{ readonly code: ItemCode; readonly reason: string } | undefined> {
  const { id = '', scope, occurrence, tell = false } = operation
  const input = operation.input as EventInput
  const part: Partial<Part> = { ...(scope === undefined ? {} : { scope }), ...(occurrence === undefined ? {} : { occurrence }), tell }
  switch (operation.do) {
    case 'create':
      return refusal(await planner.create(user, input))
    case 'update':
      return refusal(await planner.change(user, id, input, part))
    case 'delete':
      return refusal(await planner.remove(user, id, part))
  }
}

function refusal(planned: Planned): { readonly code: ItemCode; readonly reason: string } | undefined {
  switch (planned.kind) {
    case 'done':
      return undefined
    case 'not-found':
      return { code: 'not_found', reason: 'There is no such event, or you may not see it.' }
    case 'forbidden':
      return { code: 'not_yours', reason: 'That event is somebody else’s, in a calendar that you may not write in.' }
    case 'conflict':
      return { code: 'changed', reason: 'Somebody changed that event meanwhile.' }
    case 'invalid':
      return { code: 'invalid', reason: `${planned.field}: ${planned.hint}` }
  }
}
