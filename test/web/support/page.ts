import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { openBrowser, openScreen, type Screen, type Window } from './browser.ts'
import { keepReminders } from './engine.ts'
import { type House, openHouse } from './house.ts'

export interface OpenPage {
  readonly page: Page
  readonly box: Locator
  readonly lines: Locator
  readonly upcoming: Locator
  type(text: string): Promise<void>
}

const sizes = { desktop: { width: 1_280, height: 800 }, phone: { width: 390, height: 844 } } as const

/**
 * A house that reminds and a browser to look at it; whatever the browser complains about fails the test.
 *
 * Each test finds the house empty, and a page that was just loaded. Both are opened once: a process for another window
 * takes longer than most tests.
 */
export function usePage(chromium: string | undefined) {
  let browser: Browser
  let screen: Screen
  let house: House
  let engine: ReturnType<typeof keepReminders>
  let isOpen = false
  let isReopened = false
  /** Windows that wait for somebody to look at the page again. */
  const waiting: Window[] = []
  let shown: { readonly window: Window; readonly seen: number }[] = []

  async function settle(): Promise<void> {
    house = await openHouse()
    engine = keepReminders(house)
    isOpen = true
  }

  async function leave(): Promise<void> {
    if (isOpen) await house[Symbol.asyncDispose]()
    isOpen = false
  }

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '')
    screen = await openScreen(browser)
  })
  afterAll(async () => {
    await browser.close()
    await leave()
  })
  beforeEach(async () => {
    if (!isOpen) await settle()
    house.clear()
    house.answer = engine.answer
  })
  afterEach(async () => {
    const complaints = shown.flatMap(({ window, seen }) => window.complaints.slice(seen))
    waiting.push(...shown.map(({ window }) => window))
    shown = []
    if (isReopened) await leave()
    isReopened = false
    expect(complaints).toEqual([])
  })

  async function look(): Promise<Page> {
    const known = waiting.pop()
    const window = known ?? (await screen.open(house.url))
    shown.push({ window, seen: known?.complaints.length ?? 0 })
    await known?.visit(house.url)
    return window.page
  }

  return {
    get house() {
      return house
    },
    get engine() {
      return engine
    },
    /** Another house on what the first one kept, until the end of the test. */
    async reopen(options: Parameters<typeof openHouse>[0]): Promise<void> {
      isReopened = true
      await house[Symbol.asyncDispose]()
      const { transcripts, broadcast } = house.parts
      house = await openHouse({ transcripts, broadcast, ...options })
    },
    async open(size: keyof typeof sizes = 'desktop'): Promise<OpenPage> {
      const page = await look()
      await page.setViewportSize(sizes[size])
      return {
        page,
        box: page.getByRole('textbox', { name: 'Message to DuckTape' }),
        lines: page.getByRole('log').getByRole('article'),
        upcoming: page.getByRole('complementary', { name: 'Coming up' }),
        async type(text) {
          await page.getByRole('textbox').fill(text)
          await page.keyboard.press('Enter')
        },
      }
    },
  }
}
