import { createHash } from 'node:crypto'
import { draftUndo } from '#commands/batch/undoing.ts'
import { directPlace, meetAccount } from '#core/account.ts'
import type { NewItem } from '#core/batch.ts'
import { idOf, newId } from '#core/ids.ts'
import type { Clock, Met, Store } from '#core/ports.ts'
import type { BatchAsked, Batching } from '#web/ports.ts'

/** Batches of the person that an account is, for programs. */
export function createBatching({ store, clock }: { readonly store: Store; readonly clock: Clock }): Batching {
  const meet = (user: string) => meetAccount(store, user)
  const from = (met: Met) => ({ origin: directPlace(met), author: { id: met.person.userId, name: met.person.name }, quiet: true })
  const { batches } = store

  async function begin(spaceId: string, personId: string, id: string): Promise<'begun' | 'too-many' | 'not-found'> {
    const begun = await batches.begin(spaceId, personId, id, clock.now())
    return begun === undefined ? 'not-found' : begun === 'too-many' ? 'too-many' : 'begun'
  }

  return {
    async begin(user, operations, key) {
      const met = await meet(user)
      const { space, person } = met
      const id = key === undefined ? newId(clock.now()) : idOf('batch', person.id, key)
      const fingerprint = createHash('sha256').update(JSON.stringify(operations)).digest('base64url')
      const title = `${operations.length} operations of a program`
      await batches.draft({ id, spaceId: space.id, personId: person.id, ...from(met), title, fingerprint }, operations.map(itemOf))
      const kept = await batches.status(space.id, person.id, id)
      if (kept?.fingerprint !== fingerprint) return { kind: 'reused' }
      const begun = await begin(space.id, person.id, id)
      return begun === 'begun' ? { kind: 'begun', id } : { kind: 'too-many' }
    },

    async status(user, id, page) {
      const { space, person } = await meet(user)
      const status = await batches.status(space.id, person.id, id)
      return status && { status, items: await batches.items(space.id, id, page) }
    },

    async stop(user, id) {
      const { space, person } = await meet(user)
      return batches.stop(space.id, person.id, id)
    },

    async undo(user, id) {
      const met = await meet(user)
      const { space, person } = met
      const status = await batches.status(space.id, person.id, id)
      if (!status) return { kind: 'not-found' }
      if (status.state === 'running' || status.state === 'stopping') return { kind: 'running' }
      const back = await draftUndo(batches, status, from(met))
      if (back === undefined) return { kind: 'nothing' }
      const begun = await begin(space.id, person.id, back)
      if (begun !== 'begun') return { kind: begun }
      // One that is about to stop goes on once it has.
      const { state } = (await batches.status(space.id, person.id, back)) ?? {}
      return state === 'stopping' ? { kind: 'running' } : { kind: 'begun', id: back }
    },
  }
}

function itemOf({ op, kind, id, version, scope, occurrence, tell = false, fields = {} }: BatchAsked): NewItem {
  const named = [fields.title, fields.text, fields.body].find((one) => typeof one === 'string' && one !== '')
  const about = id === undefined ? {} : { id }
  const part = { ...(scope === undefined ? {} : { scope }), ...(occurrence === undefined ? {} : { occurrence }) }
  return {
    operation: { do: op, kind, ...about, ...part, ...(tell ? { tell } : {}), input: fields },
    title: typeof named === 'string' ? named.slice(0, 200) : `${op} ${kind}`,
    ...(id === undefined ? {} : { subjectId: id }),
    ...(version === undefined ? {} : { version }),
  }
}
