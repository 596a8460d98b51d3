import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { asked } from './asked.ts'
import { type Desk, Thing } from './desk.ts'

const kinds = [
  ['reminder', { text: 'stretch', at: '2026-11-24T09:00:00' }, { text: 'stretch well' }],
  ['todo', { text: 'book the train', at: '2026-11-25T12:00:00Z' }, { text: 'book the night train', at: null }],
  ['note', { title: 'door', body: 'The code is 4711' }, { body: 'The code is 4712' }],
] as const

const ann = { authorization: 'Bearer anns-token' }

/** What reminders, todos and notes have in common for programs. */
export function shelves(desk: () => Desk): void {
  const { send, thing, all } = asked(desk)

  describe.each(kinds)('a %s over HTTP', (noun, made, changed) => {
    const path = `${noun}s`

    it('is made, listed, read, changed and deleted, and undo in chat takes that back', async () => {
      const one = await thing('POST', path, made)
      expect(one).toMatchObject({ version: 1 })
      expect((await all(path))[path]).toContainEqual(one)
      expect(await thing('GET', `${path}/${one.id}`)).toEqual(one)
      const { at: _, ...kept } = { at: undefined, ...changed }
      for (const seen of [1, 2])
        expect(await thing('PATCH', `${path}/${one.id}`, { ...changed, version: seen })).toMatchObject({ ...kept, id: one.id, version: 2 })
      await thing('DELETE', `${path}/${one.id}?version=2`)
      expect(await send('GET', `${path}/${one.id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect((await all(path))[path]).not.toContainEqual(expect.objectContaining({ id: one.id }))
      expect((await desk().me.says('undo')).outcome).toBe('done')
      expect(await thing('GET', `${path}/${one.id}`)).toMatchObject(kept)
    })

    it('is made once with one Idempotency-Key, also by two requests at once', async () => {
      const post = async (key: string, body: object) => {
        const sent = await send('POST', path, body, { 'idempotency-key': key })
        return [sent.status, z.looseObject({ [noun]: Thing.optional(), code: z.string().optional() }).parse(sent.body)] as const
      }
      const [one, same] = await Promise.all([post('key 1', made), post('key 1', made)])
      expect(one[0]).toBe(201)
      expect(same).toEqual(one)
      expect(await post('key 1', made)).toEqual(one)
      expect((await post('key 2', made))[1][noun]).not.toEqual(one[1][noun])
      expect(await post('key 1', { ...made, ...(noun === 'note' ? { body: 'else' } : { text: 'else' }) })).toMatchObject([
        422,
        { code: 'idempotency_key_reused' },
      ])
      await thing('DELETE', `${path}/${one[1][noun] && Thing.parse(one[1][noun]).id}`)
      expect(await post('key 1', made)).toMatchObject([422, { code: 'refused' }])
    })

    it('is nobody else’s to see, and only changed from what was seen', async () => {
      const { id } = await thing('POST', path, made)
      for (const [method, body] of [['GET'], ['PATCH', changed], ['DELETE']] as const)
        expect(await send(method, `${path}/${id}`, body, ann)).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await send('PATCH', `${path}/${id}`, { ...changed, version: 7 })).toMatchObject({ status: 409, body: { code: 'conflict' } })
      expect(await send('DELETE', `${path}/${id}?version=7`)).toMatchObject({ status: 409, body: { code: 'conflict' } })
      expect(await thing('GET', `${path}/${id}`)).toMatchObject({ version: 1 })
    })

    it('is listed page by page', async () => {
      for (let more = 0; more < 4; more += 1) await thing('POST', path, made)
      const before = (await all(path))[path]?.map(({ id }) => id)
      const ids: string[] = []
      let next: string | null = ''
      let last: string | undefined
      while (next !== null) {
        // What becomes of those that were read loses none of the others.
        if (last !== undefined) await thing('DELETE', `${path}/${last}`)
        const { body } = await send('GET', `${path}?limit=2${next && `&cursor=${next}`}`)
        const page = z.looseObject({ [path]: z.array(Thing).max(2), next: z.string().nullable() }).parse(body)
        ids.push(...(page[path] as z.output<typeof Thing>[]).map(({ id }) => id))
        last = ids.at(-1)
        next = page.next as string | null
      }
      expect(ids).toEqual(before)
    })

    it.each([
      ['an unknown field', 'POST', '', { ...made, colour: 'red' }],
      ['nothing at all', 'POST', '', {}],
      ['no words', 'POST', '', { ...made, ...(noun === 'note' ? { body: ' \u0001' } : { text: ' \u0001' }) }],
      ['no id', 'GET', '/7', undefined],
      ['a page that is too large', 'GET', '?limit=201', undefined],
      ['a cursor of somebody else', 'GET', '?cursor=abc', undefined],
    ])('is refused for %s', async (_what, method, rest, body) => {
      expect(await send(method, `${path}${rest}`, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    })
  })
}
