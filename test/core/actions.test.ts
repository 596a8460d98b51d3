import { describe, expect, it } from 'vitest'
import { createActions, maxTokenLength } from '#core/actions.ts'
import { newId } from '#core/ids.ts'

const actions = createActions('a secret of thirty-two characters')
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const space = newId(now)
const subject = newId(now)

describe('an action token', () => {
  it('says again what was signed, and fits a Discord custom_id', () => {
    const token = actions.sign(space, { verb: 'cancel-event', subject, argument: '1795442400' })
    expect(token.length).toBeLessThanOrEqual(maxTokenLength)
    expect(actions.verify(token)).toEqual({ verb: 'cancel-event', spaceId: space, subject, argument: '1795442400' })
  })

  it('is refused when any character of it was changed', () => {
    const token = actions.sign(space, { verb: 'done', subject, argument: '' })
    const changed = [...token].map(
      (character, index) => `${token.slice(0, index)}${character === 'x' ? 'y' : 'x'}${token.slice(index + 1)}`,
    )
    expect(changed.filter((text) => text !== token && actions.verify(text))).toEqual([])
  })

  it.each(['', '.', '....', 'done', 'a.b.c.d.e.f', 'x'.repeat(5_000), 'done.....'])('is refused when it is %j', (token) => {
    expect(actions.verify(token)).toBeUndefined()
  })

  it('is refused when another installation signed it', () => {
    const other = createActions('another secret of thirty-two characters')
    expect(actions.verify(other.sign(space, { verb: 'done', subject, argument: '' }))).toBeUndefined()
  })
})
