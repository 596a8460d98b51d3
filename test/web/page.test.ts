import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say, strong } from '#core/reply.ts'
import { needs } from '../support/require.ts'
import { openBrowser, openScreen, type Screen, type Window } from './support/browser.ts'
import { keepReminders } from './support/engine.ts'
import { type House, openHouse, tell } from './support/house.ts'

const chromium = needs('chromium')

/** As when another tab is in front, with notifications that are written down. */
const lookAway = `
  Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })
  globalThis.notified = []
  globalThis.Notification = class extends EventTarget {
    static permission = 'granted'
    constructor(title, { body }) {
      super()
      notified.push(body)
    }
  }`
const lookBack = `
  Object.defineProperty(document, 'hidden', { get: () => false, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))`

describe.skipIf(chromium === undefined)('the page in chromium', () => {
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

  async function open(screen = desktop) {
    const window = stack.use(await screen.open(house.url))
    windows.push(window)
    const { page } = window
    return {
      page,
      box: page.getByRole('textbox', { name: 'Message to DuckTape' }),
      lines: page.getByRole('log').getByRole('article'),
      upcoming: page.getByRole('complementary', { name: 'Coming up' }),
      async type(text: string) {
        await page.getByRole('textbox').fill(text)
        await page.keyboard.press('Enter')
      },
    }
  }

  it('reminds: echoes the exact time in the zone of the browser, rings, and takes Done', async () => {
    const { page, type, lines, upcoming } = await open()
    await type('remind me in 3600 seconds to stretch')
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    const dueAt = house.reminders[0]?.dueAt?.toString() ?? ''
    const time = lines.locator('time[title]')
    expect(await time.getAttribute('datetime')).toBe(dueAt)
    const { hour, minute } = Temporal.Instant.from(dueAt).toZonedDateTimeISO('Asia/Tokyo')
    expect(await time.textContent()).toMatch(new RegExp(`20\\d\\d,? 0?${hour}:${String(minute).padStart(2, '0')}`))
    expect(await upcoming.textContent()).toMatch(/stretch.*(1 h|60 min)/s)

    await engine.ring('stretch')
    await lines.getByRole('button', { name: 'Done' }).click()
    await lines.getByText('Done: stretch').waitFor()
    expect(await lines.getByRole('button', { name: 'Done' }).count()).toBe(0)
    await upcoming.getByText('Nothing is waiting').waitFor()
    expect(await page.title()).toBe('DuckTape')
  })

  it('takes Undo and Snooze', async () => {
    const { type, lines, upcoming } = await open()
    await type('remind me in 100 seconds to stretch')
    await lines.getByRole('button', { name: 'Undo' }).click()
    await lines.getByText('Undone: stretch').waitFor()
    await type('remind me in 100 seconds to breathe')
    await upcoming.getByText('breathe').waitFor()
    await engine.ring('breathe')
    await upcoming.getByText('has rung').waitFor()
    await lines.getByRole('button', { name: 'In 10 minutes' }).click()
    await lines.getByText(/Again at .*breathe/).waitFor()
    await upcoming.getByText('10 min').waitFor()
  })

  it('counts down while one looks', async () => {
    const { page, type, upcoming } = await open()
    await page.clock.install()
    await type('remind me in 50 seconds to stretch')
    await upcoming.getByText(/\d+ s$/).waitFor()
    await page.clock.runFor(60_000)
    await upcoming.getByText('now').waitFor()
  })

  it('shows the conversation and what is coming again after a reload', async () => {
    const { page, type, lines, upcoming } = await open()
    await type('remind me in 100 seconds to stretch')
    await lines.getByRole('button', { name: 'Undo' }).click()
    await lines.getByText('Undone: stretch').waitFor()
    await type('remind me in 100 seconds to breathe')
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    const before = await lines.allInnerTexts()
    await page.reload()
    await page.locator('body.arrived').waitFor()
    await upcoming.getByText('breathe').waitFor()
    expect(await lines.allInnerTexts()).toEqual(before)
    await lines.getByRole('button', { name: 'Undo' }).click()
    await lines.getByText('Undone: breathe').waitFor()
  })

  it('shows in every window what is said in one', async () => {
    const [one, other] = [await open(), await open()]
    await one.type('hello there')
    await other.lines.getByText('I heard "hello there".').waitFor()
    expect(await other.lines.allInnerTexts()).toEqual(await one.lines.allInnerTexts())
    await one.type('remind me in 100 seconds to stretch')
    await other.lines.getByRole('button', { name: 'Undo' }).click()
    await one.lines.getByText('Undone: stretch').waitFor()
  })

  it('greets a newcomer with sentences to click', async () => {
    const { page, lines } = await open()
    await page.getByRole('heading', { name: 'What should stick?' }).waitFor()
    await page.getByRole('button', { name: 'remind me in 10 seconds to stretch' }).click()
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    expect(await page.getByRole('heading', { name: 'What should stick?' }).isVisible()).toBe(false)
  })

  it('shows words that look like markup as words', async () => {
    const { page, type, lines } = await open()
    const nasty = '<img src=x onerror="document.title=1"><b>&amp;</b>'
    await type(nasty)
    await lines.getByText(`I heard "${nasty}".`).waitFor()
    expect(await lines.locator('img, b').count()).toBe(0)
    expect(await page.title()).toBe('DuckTape')
  })

  it('makes links only of web addresses', async () => {
    house.answer = async () => ({
      ...tell(),
      blocks: [
        {
          kind: 'text',
          text: say`${{ kind: 'link', url: 'https://duck.example/', text: 'safe' }} ${{ kind: 'link', url: 'javascript:alert(1)', text: 'unsafe' }} ${strong('bold')}`,
        },
      ],
    })
    const { type, lines } = await open()
    await type('links')
    await lines.getByText('unsafe').waitFor()
    expect(await lines.getByRole('link').allInnerTexts()).toEqual(['safe'])
  })

  it('names the other zone when a time was meant there', async () => {
    const time = { kind: 'time', at: '2026-11-24T20:00:00Z', show: 'full', timeZone: 'America/New_York', named: true } as const
    house.answer = async () => ({ ...tell(), blocks: [{ kind: 'text', text: say`Meeting ${time}` }] })
    const { type, lines } = await open()
    await type('when')
    expect(await lines.getByText('Meeting').textContent()).toMatch(/25 Nov 2026.*0?5:00 \(15:00 (GMT-5|EST)\)/)
  })

  it('offers a menu as buttons, and a long one as a list', async () => {
    const menu = (count: number) => ({
      kind: 'menu' as const,
      placeholder: 'Which?',
      options: Array.from({ length: count }, (_, index) => ({ label: `No. ${index}`, token: `pick.${index}` })),
    })
    house.answer = async (message) =>
      message.kind === 'press'
        ? { ...tell(`picked ${message.token}`), replaces: true }
        : { ...tell(), blocks: [menu(Number(message.text))] }
    const { type, lines } = await open()
    await type('3')
    await lines.getByRole('button', { name: 'No. 2' }).click()
    await lines.getByText('picked pick.2').waitFor()
    await type('20')
    await lines.getByRole('combobox', { name: 'Which?' }).selectOption('No. 17')
    await lines.getByRole('button', { name: 'Choose' }).click()
    await lines.getByText('picked pick.17').waitFor()
  })

  it('is used by keyboard alone', async () => {
    const { page, box, lines } = await open()
    const value = () => box.inputValue()
    await page.keyboard.type('first')
    await page.keyboard.press('Enter')
    await lines.getByText('I heard "first".').waitFor()
    await page.keyboard.type('second')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('line')
    expect(await value()).toBe('second\nline')
    await page.keyboard.press('Enter')
    await lines.getByText('I heard "second').waitFor()
    await page.keyboard.type('draft')
    await page.keyboard.press('Escape')
    expect(await value()).toBe('')
    await page.keyboard.press('ArrowUp')
    expect(await value()).toBe('second\nline')
    await page.keyboard.press('Escape')
    await page.keyboard.type('remind me in 100 seconds to stretch')
    await page.keyboard.press('Enter')
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await lines.getByText('Undone: stretch').waitFor()
  })

  it('recalls what was said before a reload', async () => {
    const { page, type, lines, box } = await open()
    await type('hello there')
    await lines.getByText('I heard').waitFor()
    await page.reload()
    await page.locator('body.arrived').waitFor()
    await box.press('ArrowUp')
    expect(await box.inputValue()).toBe('hello there')
  })

  it('keeps what is typed without a connection and says it once when the connection is back', async () => {
    const { page, type, lines } = await open()
    let cut = true
    await page.routeWebSocket('**/ws', async (socket) => {
      if (cut) await socket.close()
      else socket.connectToServer()
    })
    await page.reload()
    await type('hello from the tunnel')
    await lines.getByText('Will be sent when the connection is back').waitFor()
    expect(house.heard).toEqual([])
    cut = false
    await lines.getByText('I heard "hello from the tunnel".').waitFor()
    expect(house.heard).toHaveLength(1)
    expect(await lines.count()).toBe(2)
  })

  it('comes back after the server was away, with what was said meanwhile', async () => {
    const { page, lines, type } = await open()
    await type('before')
    await lines.getByText('I heard "before".').waitFor()
    await house[Symbol.asyncDispose]()
    await page.locator('body:not([data-link="connected"])').waitFor()
    const { transcripts, broadcast } = house.parts
    await transcripts.append('me', { from: 'ducktape', reply: { ...tell('You were away.'), tone: 'ring' } })
    stack.use(await openHouse({ transcripts, broadcast, port: house.port }))
    await lines.getByText('You were away.').waitFor()
    await page.locator('body[data-link="connected"]').waitFor()
  })

  it('says what could not be sent, and sends it on request', async () => {
    let broken = true
    const { chat } = house.parts.bot
    await house[Symbol.asyncDispose]()
    await stack.disposeAsync()
    stack = new AsyncDisposableStack()
    const { bot, transcripts, broadcast } = house.parts
    stack.use(await bot.start(engine.answer))
    house = stack.use(
      await openHouse({
        transcripts,
        broadcast,
        chat: {
          ...chat,
          command: (visitor, sentence) => (broken ? Promise.reject(new Error('on fire')) : chat.command(visitor, sentence)),
        },
      }),
    )
    const { type, lines } = await open()
    await type('hello')
    await lines.getByText(/Not sent\./).waitFor()
    broken = false
    await lines.getByRole('button', { name: 'Retry' }).click()
    await lines.getByText('I heard "hello".').waitFor()
    expect(await lines.count()).toBe(2)
  })

  it('counts what arrives while nobody looks, and notifies where that is allowed', async () => {
    const { page, type, upcoming } = await open()
    await page.evaluate(lookAway)
    await type('remind me in 100 seconds to stretch')
    await upcoming.getByText('stretch').waitFor()
    await engine.ring('stretch')
    await expect.poll(() => page.title()).toBe('(1) DuckTape')
    expect(await page.evaluate('notified')).toEqual(['stretch'])
    await page.evaluate(lookBack)
    await expect.poll(() => page.title()).toBe('DuckTape')
  })

  it('pages back through a long conversation', async () => {
    for (let index = 0; index < 60; index += 1) await house.parts.transcripts.append('me', { from: 'person', text: `line ${index}` })
    const { page, lines } = await open()
    await lines.getByText('line 59', { exact: true }).waitFor()
    expect(await lines.count()).toBe(50)
    await page.getByRole('button', { name: 'Show earlier' }).click()
    await lines.getByText('line 0', { exact: true }).waitFor()
    expect(await lines.first().textContent()).toContain('line 0')
    expect(await page.getByRole('button', { name: 'Show earlier' }).isVisible()).toBe(false)
  })

  it('has a drawer for what is coming on a phone', async () => {
    const { page, type, upcoming } = await open(phone)
    await type('remind me in 100 seconds to stretch')
    const opener = page.getByRole('button', { name: 'Coming up 1' })
    await opener.waitFor()
    expect(await upcoming.isVisible()).toBe(false)
    await opener.click()
    await upcoming.getByText('stretch').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('close')
    await page.keyboard.press('Escape')
    await upcoming.waitFor({ state: 'hidden' })
    expect(await page.evaluate('document.activeElement.id')).toBe('open')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  it('follows the wish for the dark and for less motion', async () => {
    const { page, type, lines } = await open()
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await type('hello')
    await lines.getByText('I heard "hello".').waitFor()
    const motion = () => page.evaluate(`getComputedStyle(document.querySelector('.line:last-child')).animationName`)
    expect(await motion()).toBe('none')
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    expect(await motion()).toBe('settle')
    const light = await paper()
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect(await paper()).not.toBe(light)
  })

  it('lets a reader of the API try it, from our own server alone', async () => {
    const { page } = await open()
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(house.url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
    })
    await page.goto(`${house.url}/api/docs`)
    await page.locator('#operations-words-post_api_commands').waitFor()
    expect(elsewhere).toEqual([])
  })
})
