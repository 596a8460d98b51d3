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

/** A house that reminds and a browser to look at it, fresh for each test; whatever the browser complains about fails the test. */
export function usePage(chromium: string | undefined) {
  let browser: Browser
  let desktop: Screen
  let phone: Screen
  let stack: AsyncDisposableStack
  let house: House
  let engine: ReturnType<typeof keepReminders>
  let windows: Window[]

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '')
    desktop = await openScreen(browser)
    phone = await openScreen(browser, { viewport: { width: 390, height: 844 } })
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    stack = new AsyncDisposableStack()
    house = stack.use(await openHouse())
    engine = keepReminders(house)
    house.answer = engine.answer
    windows = []
  })
  afterEach(async () => {
    const complaints = windows.flatMap((window) => window.complaints)
    await stack.disposeAsync()
    expect(complaints).toEqual([])
  })

  return {
    get house() {
      return house
    },
    get engine() {
      return engine
    },
    /** Another house on what the first one kept. */
    async reopen(options: Parameters<typeof openHouse>[0]): Promise<void> {
      await house[Symbol.asyncDispose]()
      const { transcripts, broadcast } = house.parts
      house = stack.use(await openHouse({ transcripts, broadcast, ...options }))
    },
    async open(screen: 'desktop' | 'phone' = 'desktop'): Promise<OpenPage> {
      const window = stack.use(await (screen === 'phone' ? phone : desktop).open(house.url))
      windows.push(window)
      const { page } = window
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
