import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createMemoryTranscripts } from '#bots/memory/transcripts.ts'
import { createWebBot } from '#bots/web/index.ts'
import { openingHour } from '#web/page/calendar/opening.ts'
import type { EventInput } from '#web/planning.ts'
import { createPlanner } from '../../src/planner/planner.ts'
import { createReads } from '../../src/reads.ts'
import { needs } from '../support/require.ts'
import { openWorld, type World } from '../support/world.ts'
import { openBrowser, openScreen } from './support/browser.ts'
import { cutClocks } from './support/cut-clocks.ts'
import { useFingers } from './support/fingers.ts'
import { openHouse } from './support/house.ts'
import { missed } from './support/legible.ts'

const chromium = needs('chromium')
const now = '2026-11-26T14:00:00Z'
const zone = 'Europe/Berlin'

describe('the hours of a day open', () => {
  it.each([
    ['in the morning', {}, 7],
    ['at what begins before', { starts: [9 * 60, 5 * 60 + 30] }, 5],
    ['before what begins later than the morning shows', { starts: [20 * 60] }, 19],
    ['in the morning when all of it shows there', { starts: [16 * 60] }, 7],
    ['in the morning when the present shows there', { now: 14 }, 7],
    ['about the present of an evening', { starts: [9 * 60], now: 18 }, 15],
    ['about the present of a night', { now: 2 }, 0],
  ])('%s', (_, given, hour) => {
    expect(openingHour({ starts: [], room: 10, now: undefined, ...given })).toBe(hour)
  })
})

describe.skipIf(chromium === undefined)('the calendar of the page in chromium', () => {
  const stack = new AsyncDisposableStack()
  let browser: Browser
  let page: Page
  let complaints: readonly string[]
  let world: World
  let url: string
  let planner: ReturnType<typeof createPlanner>

  beforeAll(async () => {
    const opening = openBrowser(chromium ?? '')
    world = stack.use(await openWorld(now))
    const clock = { now: () => world.now }
    const { broadcast, stores, engine } = world
    planner = createPlanner({ store: stores.store, clock, moment: engine.moment })
    const transcripts = createMemoryTranscripts({ clock })
    const bot = createWebBot({ transcripts, broadcast, clock })
    stack.use(await bot.start(async (message) => (await engine.handle(message)).reply))
    url = stack.use(await openHouse({ planner, reads: createReads(stores.store), transcripts, broadcast, chat: bot.chat })).url
    browser = await opening
    const screen = await openScreen(browser, { timezoneId: zone, now })
    ;({ page, complaints } = await screen.open(`${url}/#month`))
  })
  afterAll(async () => {
    expect(complaints).toEqual([])
    await browser.close()
    await stack.disposeAsync()
  })

  /** Another address of the same window, as a link leads there. */
  async function visit(hash: string): Promise<void> {
    await page.goto(`${url}/${hash}`)
    await page.getByRole('grid').waitFor()
  }

  async function make(input: EventInput): Promise<string> {
    const made = await planner.create('me', { timeZone: zone, ...input })
    if (made.kind !== 'done') throw new Error(JSON.stringify(made))
    return made.event.id
  }

  const starts = async (day: string) => {
    const [from, to] = ['T00:00:00', 'T23:59:59'].map((time) =>
      Temporal.PlainDateTime.from(day + time)
        .toZonedDateTime(zone)
        .toInstant(),
    )
    if (!from || !to) throw new Error('no such day')
    const found = await planner.query('me', { from, to, limit: 100 })
    return found?.occurrences.map((one) => `${one.title} ${one.startsAt.toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5)}`)
  }
  const chip = (title: string) => page.getByRole('gridcell').getByRole('button', { name: title })
  const cell = (name: RegExp, on = page) => on.getByRole('gridcell', { name })
  async function takeBack(): Promise<void> {
    const region = page.getByRole('region', { name: 'Calendar' })
    await region.getByRole('button', { name: 'Undo' }).click()
    await region.getByText('Undone.').waitFor()
  }
  /** The cell that an event is drawn in. */
  const placeOf = (one: Locator) => one.locator('xpath=ancestor::*[@role="gridcell"]').getAttribute('aria-label')

  it('shows a month: weeks as the reader has them, today, what repeats, what takes several days, and how much more there is', async () => {
    await make({ title: 'Standup', start: '2026-11-02T09:15', end: '2026-11-02T09:30', rrule: 'FREQ=WEEKLY;COUNT=4' })
    await make({ title: 'Offsite', start: '2026-11-27', end: '2026-12-02' })
    for (let hour = 8; hour < 17; hour += 1)
      await make({ title: `Interview ${hour}`, start: `2026-11-12T${String(hour).padStart(2, '0')}:00` })
    await visit('#month')
    await chip('Standup').first().waitFor()
    expect(await page.getByRole('heading', { name: 'November 2026' }).isVisible()).toBe(true)
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
    expect(await page.locator('[role="gridcell"][aria-current="date"]').getAttribute('aria-label')).toContain('26 November')
    expect(await chip('Standup').count()).toBe(4)
    // A bar for each week that it lies in.
    expect(await Promise.all((await chip('Offsite').all()).map(placeOf))).toEqual([
      expect.stringContaining('27 November'),
      expect.stringContaining('30 November'),
    ])
    await page.getByRole('button', { name: /more on Thursday,? 12 November/ }).click()
    expect(await page.getByRole('dialog').getByRole('listitem').count()).toBe(9)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Next month' }).click()
    await page.getByRole('heading', { name: 'December 2026' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#month/2026-12-01')
    await page.getByRole('button', { name: 'Today' }).click()
    await page.getByRole('heading', { name: 'November 2026' }).waitFor()
  })

  it('begins weeks on Sunday for an American, and has room on a phone: three days of a week, and a day as a list', async () => {
    await using phone = await openScreen(browser, {
      timezoneId: zone,
      locale: 'en-US',
      now,
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    })
    await using window = await phone.open(`${url}/#month`)
    const { page: small } = window
    await small.locator('.chip').first().waitFor({ state: 'attached' })
    expect((await small.getByRole('columnheader').allInnerTexts())[0]).toBe('Sun')
    await cell(/^Thursday, November 12/, small).click()
    await small
      .getByRole('dialog')
      .getByRole('button', { name: /^Interview 8/ })
      .click()
    await small.getByRole('dialog', { name: 'Interview 8' }).waitFor()
    await small.keyboard.press('Escape')
    await small.getByRole('button', { name: 'Week' }).click()
    await expect.poll(() => small.getByRole('columnheader').count()).toBe(3)
    expect(await small.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await small.goBack()
    await expect.poll(() => small.getByRole('columnheader').count()).toBe(7)
    await small.goForward()
    await expect.poll(() => small.getByRole('columnheader').count()).toBe(3)
    await useFingers(small, { url, make, starts })
    await small.getByRole('link', { name: 'Chat' }).click()
    await small.getByRole('textbox', { name: 'Message to DuckTape' }).waitFor()
    expect(window.complaints).toEqual([])
  })

  it.each([
    ['2026-10-25', '25 hours', []],
    ['2027-03-28', '23 hours', ['2:00']],
  ])('shows %s, which has %s, by the clock on the wall', async (day, length, gone) => {
    await make({ title: 'Early', start: `${day}T00:30`, end: `${day}T01:30` })
    await make({ title: 'Late', start: `${day}T09:00`, end: `${day}T10:00` })
    for (const title of ['Quick', 'A title that leaves no room for a clock'])
      await make({ title, start: `${day}T12:00`, end: `${day}T12:${title === 'Quick' ? 10 : 45}` })
    await visit(`#week/${day}`)
    await chip('Late').waitFor()
    expect(await Promise.all(['Early', 'Late'].map((title) => placeOf(chip(title))))).toEqual([
      expect.stringMatching(/, 0?0:00$/),
      expect.stringMatching(/, 0?9:00$/),
    ])
    expect(await page.getByText(length).count()).toBe(1)
    expect(await page.evaluate<string[]>(cutClocks)).toEqual([])
    const left = await Promise.all((await cell(/the clocks leave this hour out/).all()).map((one) => one.getAttribute('aria-label')))
    expect(left.map((label) => /(\d{1,2}:00)/.exec(label ?? '')?.[1]?.replace(/^0/, ''))).toEqual(gone)
  })

  it('opens an event as chat shows it, asks how much of a series to cancel, and takes it back', async () => {
    await make({ title: 'Retro', start: '2026-12-07T15:00', location: 'Room 5', rrule: 'FREQ=WEEKLY;COUNT=3' })
    await visit('#week/2026-12-14')
    await chip('Retro').click()
    const sheet = page.getByRole('dialog', { name: 'Retro' })
    await sheet.getByText('Room 5').waitFor()
    await sheet.getByRole('button', { name: 'Cancel…' }).click()
    await sheet.getByRole('button', { name: /^Only/ }).click()
    await sheet.getByText('Cancelled').waitFor()
    await expect.poll(() => chip('Retro').count()).toBe(0)
    expect([await starts('2026-12-07'), await starts('2026-12-14')]).toEqual([['Retro 15:00'], []])
    await sheet.getByRole('button', { name: 'Undo' }).click()
    await chip('Retro').waitFor({ state: 'attached' })
  })

  it('makes an event where one clicks, shows it at once, and takes it back', async () => {
    await visit('#week/2027-01-04')
    await cell(/^Wednesday,? 6 January, 10:00$/).click({ position: { x: 20, y: 5 } })
    await page.getByRole('textbox', { name: 'What' }).fill('Coffee')
    await page.keyboard.press('Enter')
    await page.getByText('Added Coffee').waitFor()
    expect(await placeOf(chip('Coffee'))).toMatch(/6 January, 10:00$/)
    expect(await starts('2027-01-06')).toEqual(['Coffee 10:00'])
    await takeBack()
    await expect.poll(() => chip('Coffee').count()).toBe(0)
    // What a form cannot say is said in words.
    await cell(/^Friday,? 8 January, 12:00$/).click({ position: { x: 20, y: 5 } })
    await page.getByRole('button', { name: 'Say more in words…' }).click()
    await page.keyboard.type('Lunch with Eve')
    expect(await page.getByRole('textbox', { name: 'Message to DuckTape' }).inputValue()).toBe('Lunch with Eve on January 8, 2027 at 12:00')
    await page.keyboard.press('Enter')
    await chip('Lunch').waitFor()
  })

  it('moves what is dragged: one alone, and of a series as much as the reader says', async () => {
    await make({ title: 'Tasting', start: '2027-02-01T10:00' })
    await make({ title: 'Yoga', start: '2027-02-02T08:00', rrule: 'FREQ=DAILY;COUNT=3' })
    await visit('#week/2027-02-01')
    const drag = async (title: string, to: RegExp) => {
      const [from, target] = [await chip(title).first().boundingBox(), await cell(to).boundingBox()]
      if (!from || !target) throw new Error('nothing to drag')
      await page.mouse.move(from.x + 20, from.y + 4)
      await page.mouse.down()
      await page.mouse.move(from.x + 30, from.y + 14)
      await page.mouse.move(target.x + 20, target.y + 4)
      await page.mouse.up()
    }
    await chip('Tasting').waitFor()
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await missed(page)).toEqual([])
    }
    await drag('Tasting', /^Thursday,? 4 February, 12:00$/)
    await page.getByText('Moved Tasting').waitFor()
    expect([await starts('2027-02-01'), await starts('2027-02-04')]).toEqual([[], ['Yoga 08:00', 'Tasting 12:00']])
    await takeBack()
    await expect.poll(() => placeOf(chip('Tasting'))).toMatch(/1 February, 10:00$/)
    expect(await starts('2027-02-01')).toEqual(['Tasting 10:00'])

    for (const [scope, days] of [
      ['Only this one', ['Yoga 09:00', 'Yoga 08:00', 'Yoga 08:00']],
      ['All of them', ['Yoga 09:00', 'Yoga 09:00', 'Yoga 09:00']],
    ] as const) {
      await drag('Yoga', /^Tuesday,? 2 February, 9:00$/)
      await page.getByRole('button', { name: scope }).click()
      await page.getByText('Moved Yoga').waitFor()
      expect((await Promise.all(['2027-02-02', '2027-02-03', '2027-02-04'].map(starts))).flat()).toEqual(days)
      await takeBack()
      await expect.poll(async () => placeOf(chip('Yoga').first())).toMatch(/2 February, 8:00$/)
    }
  })

  it('is used by the keyboard alone, and hears of what others windows do', async () => {
    await make({ title: 'Review', start: '2027-03-03T10:00' })
    await visit('#month/2027-03-02')
    await chip('Review').waitFor()
    const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')")
    await page.getByRole('button', { name: 'New event' }).focus()
    await page.keyboard.press('Tab')
    expect(await focused()).toMatch(/^Tuesday,? 2 March/)
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toMatch(/^Wednesday,? 3 March, 1 event$/)
    await page.keyboard.press('Enter')
    expect(await focused()).toMatch(/^Review, Wednesday/)
    await page.keyboard.press('Alt+ArrowRight')
    await page.getByText('Moved Review').waitFor()
    expect(await starts('2027-03-04')).toEqual(['Review 10:00'])
    await expect.poll(focused).toMatch(/^Review, Thursday/)
    await page.keyboard.press('Escape')
    await page.keyboard.press('PageDown')
    await page.getByRole('heading', { name: 'April 2027' }).waitFor()
    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: /New event on/ }).waitFor()
    await page.keyboard.press('Escape')
    await make({ title: 'From elsewhere', start: '2027-04-14T10:00' })
    await chip('From elsewhere').waitFor()
  })

  it('shows at once what others do, and lets whoever declined come after all', async () => {
    const somebody = (user: string, name: string) =>
      world.person(user, { platform: 'web', space: 'local', channel: user, name, timeZone: zone })
    const [mia, ann] = [somebody('me', 'Mia'), somebody('ann', 'Ann')]
    await mia.says('hello')
    await visit('#week/2027-03-10')
    await ann.says('planning with Mia on March 10, 2027 at 10:00 for 1 hour')
    const planning = chip('planning')
    await expect.poll(() => placeOf(planning)).toMatch(/10 March, 10:00$/)
    await ann.says('move planning on March 10, 2027 to 14:00')
    await expect.poll(() => placeOf(planning)).toMatch(/10 March, 14:00$/)
    await mia.says('decline planning on March 10, 2027')
    await chip('you do not come').waitFor()
    expect(await page.evaluate("getComputedStyle(document.querySelector('.chip.off .title')).textDecorationLine")).toBe('line-through')

    await page.getByRole('button', { name: 'Hide 1 declined' }).click()
    expect(await planning.count()).toBe(0)
    await page.getByRole('button', { name: 'Show 1 declined' }).click()
    await planning.click()
    const sheet = page.getByRole('dialog', { name: 'planning' })
    await sheet.getByText(/14:00/).first().waitFor()
    expect(await sheet.getByRole('button', { name: 'Move…' }).count()).toBe(0)
    await sheet.getByRole('button', { name: 'Yes' }).focus()
    await ann.says('move planning on March 10, 2027 to 16:00')
    await sheet.getByText(/16:00/).first().waitFor()
    await page.keyboard.press('Enter')
    await chip('you come').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
  })

  it('stays light with more than a thousand events in a month', async () => {
    const often = 'FREQ=DAILY;COUNT=1240;BYHOUR=8,9,10,11,12,13,14,15,16,17;BYMINUTE=0,15,30,45'
    await make({ title: 'Slot', start: '2028-05-01T08:00', end: '2028-05-01T08:15', rrule: often })
    await visit('#month/2028-05-01')
    const last = page.getByRole('gridcell', { name: /^Wednesday,? 31 May, 40 events$/ })
    await last.waitFor()
    expect(await page.locator('.chip').count()).toBeLessThan(200)
    await last.getByRole('button', { name: /more on/ }).click()
    expect(await page.getByRole('dialog').getByRole('listitem').count()).toBe(40)
    await page.keyboard.press('Escape')
  })
})
