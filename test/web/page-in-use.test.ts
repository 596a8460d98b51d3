import { describe, expect, it, onTestFinished } from 'vitest'
import { needs } from '../support/require.ts'
import { tell } from './support/house.ts'
import { usePage } from './support/page.ts'

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

describe.skipIf(chromium === undefined)('somebody who uses the page in chromium', () => {
  const stage = usePage(chromium)

  it('is used by keyboard alone', async () => {
    const { page, box, lines } = await stage.open()
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
    await page.keyboard.type('remind me in 99 seconds to nap')
    await page.keyboard.press('Enter')
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await lines.getByText('Undone: nap').waitFor()
  })

  it('recalls what was said before a reload', async () => {
    const { page, type, lines, box } = await stage.open()
    await type('hello there')
    await lines.getByText('I heard').waitFor()
    await box.fill('half a sen')
    await page.reload()
    await page.locator('body.arrived').waitFor()
    expect(await box.inputValue()).toBe('half a sen')
    await box.press('ArrowUp')
    expect(await box.inputValue()).toBe('hello there')

    await page.context().addCookies([{ name: 'duck_session', value: 'over', url: stage.house.url }])
    onTestFinished(() => page.context().clearCookies())
    await page.reload()
    await page.getByRole('heading', { name: 'You are signed out.' }).waitFor()
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.context().clearCookies()
    await page.locator('body[data-link="connected"]').waitFor()
  })

  it('keeps what is typed without a connection and says it once when the connection is back', async () => {
    const { page, type, lines } = await stage.open()
    let cut = true
    onTestFinished(() => {
      cut = false
    })
    await page.routeWebSocket('**/ws', async (socket) => {
      if (cut) await socket.close()
      else socket.connectToServer()
    })
    await page.reload()
    await type('hello from the tunnel')
    await lines.getByText('Will be sent when the connection is back').waitFor()
    expect(stage.house.heard).toEqual([])
    cut = false
    await lines.getByText('I heard "hello from the tunnel".').waitFor()
    expect(stage.house.heard).toHaveLength(1)
    expect(await lines.count()).toBe(2)
  })

  it('says what could not be sent, and sends it on request', async () => {
    const { house } = stage
    const { command } = house
    house.command = () => Promise.reject(new Error('on fire'))
    const { type, lines } = await stage.open()
    await type('hello')
    await lines.getByText(/Not sent\./).waitFor()
    house.command = command
    await lines.getByRole('button', { name: 'Retry' }).click()
    await lines.getByText('I heard "hello".').waitFor()
    expect(await lines.count()).toBe(2)
  })

  it('fills in the form that a button opens', async () => {
    const form = { title: 'Snooze', label: 'Until when?', placeholder: '5pm', submit: 'Snooze', token: 'until.A.B.C.D' }
    const longer = { ...form, label: 'What it says', submit: 'Save', lines: { value: 'The code', most: 300 } }
    const buttons = [
      { label: 'Snooze…', token: 'when.A.B.C.D' },
      { label: 'Edit…', token: 'edit.A.B.C.D' },
    ]
    stage.house.answer = async (message) => {
      if (message.kind === 'sentence') return { ...tell('stretch'), blocks: [{ kind: 'buttons', buttons }] }
      if (message.text === undefined) return { ...tell('Say it.'), form: message.token.startsWith('edit') ? longer : form }
      return { ...tell(`Until ${message.text}.`), replaces: true }
    }
    const { page, type, lines } = await stage.open()
    await type('hello')
    const focused = page.locator('article :focus')
    await lines.getByRole('button', { name: 'Snooze…' }).click()
    await focused.and(page.getByRole('textbox', { name: 'Until when?' })).waitFor()
    await page.keyboard.type('tomorrow at 8')
    await page.keyboard.press('Enter')
    await lines.getByText('Until tomorrow at 8.').waitFor()
    expect(await page.getByRole('textbox', { name: 'Until when?' }).count()).toBe(0)

    await lines.getByRole('button', { name: 'Edit…' }).click()
    await focused.and(page.getByRole('textbox', { name: 'What it says' })).waitFor()
    await page.keyboard.type(' is 1')
    await page.keyboard.press('Enter')
    await page.keyboard.type('now')
    await page.keyboard.press('Control+Enter')
    await lines.getByText('Until The code is 1 now.').waitFor()
    expect(stage.house.heard.at(-1)).toMatchObject({ text: 'The code is 1\nnow' })
  })

  it('counts what arrives while nobody looks, and notifies where that is allowed', async () => {
    const { page, type, upcoming } = await stage.open()
    await page.evaluate(lookAway)
    await type('remind me in 100 seconds to stretch')
    await upcoming.getByText('stretch').waitFor()
    await stage.engine.ring('stretch')
    await expect.poll(() => page.title()).toBe('(1) DuckTape')
    expect(await page.evaluate('notified')).toEqual(['stretch'])
    await page.evaluate(lookBack)
    await expect.poll(() => page.title()).toBe('DuckTape')
  })

  it('pages back through a long conversation', async () => {
    for (let index = 0; index < 60; index += 1) await stage.house.parts.transcripts.append('me', { from: 'person', text: `line ${index}` })
    const { page, lines } = await stage.open()
    await lines.getByText('line 59', { exact: true }).waitFor()
    expect(await lines.count()).toBe(50)
    await page.getByRole('button', { name: 'Show earlier' }).click()
    await lines.getByText('line 0', { exact: true }).waitFor()
    expect(await lines.first().textContent()).toContain('line 0')
    expect(await page.getByRole('button', { name: 'Show earlier' }).isVisible()).toBe(false)
  })

  it('has a drawer for what is coming on a phone', async () => {
    const { page, type, upcoming } = await stage.open('phone')
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
    const { page, type, lines } = await stage.open()
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
    const { page } = await stage.open()
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(stage.house.url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
    })
    await page.goto(`${stage.house.url}/api/docs`)
    // Swagger UI draws with a whole second of the processor, which a busy machine gives late.
    await page.locator('#operations-words-sayCommand').waitFor({ timeout: 25_000 })
    expect(elsewhere).toEqual([])
  })

  it('comes back after the server was away, with what was said meanwhile', async () => {
    const { page, lines, type } = await stage.open()
    await type('before')
    await lines.getByText('I heard "before".').waitFor()
    const { house } = stage
    await house[Symbol.asyncDispose]()
    await page.locator('body:not([data-link="connected"])').waitFor()
    await house.parts.transcripts.append('me', { from: 'ducktape', reply: { ...tell('You were away.'), tone: 'ring' } })
    await stage.reopen({ port: house.port })
    await lines.getByText('You were away.').waitFor()
    await page.locator('body[data-link="connected"]').waitFor()
  })

  it('says again, once, what had no answer, when the connection is back', async () => {
    const { page, lines, type } = await stage.open()
    let isDeaf = true
    let cut: (() => Promise<void>) | undefined
    await page.routeWebSocket('**/ws', (socket) => {
      const server = socket.connectToServer()
      cut = () => socket.close()
      socket.onMessage((frame) => {
        if (!(isDeaf && String(frame).includes('"command"'))) server.send(frame)
      })
    })
    await page.clock.install()
    await page.reload()
    await page.locator('body[data-link="connected"]').waitFor()
    await type('hello')
    await page.clock.fastForward(21_000)
    await lines.getByText('There was no answer.').waitFor()
    isDeaf = false
    await cut?.()
    await lines.getByText('I heard "hello".').waitFor()
    expect([await lines.count(), stage.house.heard.length]).toEqual([2, 1])
  })
})
