import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

interface Fingers {
  readonly url: string
  make(event: { readonly title: string; readonly start: string }): Promise<unknown>
  /** What a day holds, with its clock times. */
  starts(day: string): Promise<readonly string[] | undefined>
}

/** A day that does not fit on a phone: what is beyond the edges is told, and a finger scrolls, moves and opens. */
export async function useFingers(small: Page, { url, make, starts }: Fingers): Promise<void> {
  for (const [title, hour] of [
    ['Rowing', '06'],
    ['Sauna', '21'],
  ] as const)
    await make({ title, start: `2027-05-03T${hour}:00` })
  await small.goto(`${url}/#day/2027-05-03`)
  const [first, last] = ['Rowing', 'Sauna'].map((name) => small.getByRole('gridcell').getByRole('button', { name }))
  if (!first || !last) throw new Error('nothing planned')
  const finger = await small.context().newCDPSession(small)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  const placed = async (one: Locator) => (await one.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const top = () => small.evaluate<number>("document.querySelector('.hours').scrollTop")

  const heads = await placed(small.locator('.heads'))
  await expect.poll(async () => (await placed(first)).y).toBeGreaterThan(heads.y + heads.height)
  await small.getByRole('button', { name: '1 later' }).click()
  await small.locator('.chip:focus', { hasText: 'Sauna' }).waitFor()
  await small.getByRole('button', { name: '1 earlier' }).waitFor()

  // A finger that moves at once scrolls.
  const { x, y } = await placed(last)
  const before = await top()
  await touch('touchStart', x + 30, y + 10)
  for (const step of [20, 50, 90, 140]) await touch('touchMove', x + 30, y + 10 + step)
  await touch('touchEnd')
  await expect.poll(top).toBeLessThan(before)
  await expect.poll(() => starts('2027-05-03')).toEqual(['Rowing 06:00', 'Sauna 21:00'])

  await last.scrollIntoViewIfNeeded()
  const held = await placed(last)
  await touch('touchStart', held.x + 30, held.y + 10)
  await small.locator('.chip.dragged').waitFor()
  const still = await top()
  for (const step of [10, 40, 96]) await touch('touchMove', held.x + 30, held.y + 10 - step)
  await touch('touchEnd')
  await small.getByText('Moved Sauna').waitFor()
  expect([await starts('2027-05-03'), await top()]).toEqual([['Rowing 06:00', 'Sauna 19:00'], still])

  // Held over the edge, the hours come to it.
  const lower = await placed(last)
  await touch('touchStart', lower.x + 30, lower.y + 10)
  await small.locator('.chip.dragged').waitFor()
  await touch('touchMove', lower.x + 30, heads.y + heads.height)
  await expect.poll(top).toBeLessThan(still - 20)
  await touch('touchEnd')
  await expect.poll(async () => (await starts('2027-05-03'))?.join()).not.toContain('Sauna 19:00')

  await last.tap()
  await small.getByRole('button', { name: 'Move…' }).tap()
  const form = small.getByRole('dialog', { name: 'Move Sauna' })
  await form.getByLabel('Day').fill('2027-05-04')
  await form.getByLabel('From').fill('10:30')
  await form.getByRole('button', { name: 'Move' }).tap()
  await small.getByText('Moved Sauna to Tuesday, May 4').waitFor()
  expect([await starts('2027-05-03'), await starts('2027-05-04')]).toEqual([['Rowing 06:00'], ['Sauna 10:30']])
}
