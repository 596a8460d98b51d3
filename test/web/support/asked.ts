import { expect } from 'vitest'
import { z } from 'zod'
import { type Desk, Thing } from './desk.ts'

/** The desk, as programs ask it. */
export function asked(desk: () => Desk) {
  const send: Desk['send'] = (...request) => desk().send(...request)

  /** What the answer is about, whatever kind of thing that is. */
  async function thing(method: string, path: string, body?: unknown) {
    const sent = await send(method, path, body)
    expect(sent, JSON.stringify(sent.body)).toMatchObject({ status: method === 'POST' ? 201 : 200 })
    return Thing.parse(Object.values(z.record(z.string(), z.unknown()).parse(sent.body))[0])
  }

  /** Everything that a path lists. */
  async function all(path: string) {
    const { next: _, ...lists } = z.looseObject({ next: z.null() }).parse((await send('GET', path)).body)
    return z.record(z.string(), z.array(Thing)).parse(lists)
  }

  return { send, thing, all }
}
