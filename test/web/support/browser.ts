import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Somebody in Tokyo who reads British English. */
const reader: BrowserContextOptions = {
  timezoneId: 'Asia/Tokyo',
  locale: 'en-GB',
  viewport: { width: 1_280, height: 800 },
  reducedMotion: 'reduce',
}

export interface Window extends AsyncDisposable {
  readonly page: Page
  /** What the browser complained about: script errors, and what the content policy refused. */
  readonly complaints: readonly string[]
  /** Loads the page anew, as somebody who was never there, and resolves once it has shown the conversation. */
  visit(url: string): Promise<void>
}

export interface Screen extends AsyncDisposable {
  /** A window on the page of this server, once it has shown the conversation. */
  open(url: string): Promise<Window>
}

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: quiet })
}

/** Windows of one reader. Each server of a test has a port, and thereby a storage, of its own. With `now`, their clock stands still. */
export async function openScreen(browser: Browser, { now, ...options }: BrowserContextOptions & { now?: string } = {}): Promise<Screen> {
  const context = await browser.newContext({ ...reader, ...options })
  if (now !== undefined) await context.clock.setFixedTime(now)
  context.setDefaultTimeout(10_000)
  return { open: (url) => openWindow(context, url), [Symbol.asyncDispose]: () => context.close() }
}

async function openWindow(context: BrowserContext, url: string): Promise<Window> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (err) => complaints.push(err.message))
  page.on('console', (message) => {
    // A connection that a test cuts, or a session that it ends, is not the page's fault.
    if (message.type() === 'error' && !/ERR_|WebSocket connection|status of 401/.test(message.text())) complaints.push(message.text())
  })

  async function visit(address: string): Promise<void> {
    await page.goto(address, { waitUntil: 'commit' })
    await page.locator('body.arrived').waitFor()
  }

  await visit(url)
  return {
    page,
    complaints,
    async visit(address) {
      await page.evaluate('sessionStorage.clear(); localStorage.clear()')
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await visit(address)
    },
    [Symbol.asyncDispose]: () => page.close(),
  }
}
