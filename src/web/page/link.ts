import type { ClientFrame, ServerFrame } from '../frames.ts'
import { readerZone } from './times.ts'

/** `refused`: whoever looks is signed out. */
export type LinkState = 'connecting' | 'connected' | 'lost' | 'refused'

/** Between tries to connect again, in milliseconds: the first, and the longest. */
const backoff = { first: 400, longest: 15_000 } as const
/** A silent line is asked for a sign after the first, and given up after the second, in milliseconds. */
const silence = { ask: 25_000, giveUp: 35_000 } as const

/** The socket to our server: says hello, comes back by itself, and tells what it hears. */
export function openLink({ heard, changed }: { heard: (frame: ServerFrame) => void; changed: (state: LinkState) => void }) {
  let socket: WebSocket | undefined
  let ready = false
  let refused = false
  let tries = 0
  let lastHeard = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    clearTimeout(timer)
    if (socket) return
    const opened = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`)
    socket = opened
    lastHeard = Date.now()
    let answered = false
    opened.addEventListener('open', () => {
      answered = true
      hello(readerZone)
    })
    opened.addEventListener('message', ({ data }) => receive(JSON.parse(String(data)) as ServerFrame))
    opened.addEventListener('close', () => {
      if (socket !== opened) return
      // Why a socket is not opened no page is told: a request is.
      if (!answered) void askWhy()
      again()
    })
  }

  async function askWhy(): Promise<void> {
    const answer = await fetch('/api/transcript?limit=1').catch(() => undefined)
    if (answer?.status === 401) refuse()
    else refused = false
  }

  function refuse(): void {
    refused = true
    changed('refused')
  }

  function hello(timeZone: string | undefined): void {
    write({ type: 'hello', locale: navigator.language, ...(timeZone === undefined ? {} : { timeZone }) })
  }

  function receive(frame: ServerFrame): void {
    lastHeard = Date.now()
    for (const one of frame.type === 'batch' ? frame.items : [frame]) take(one)
  }

  function take(frame: ServerFrame): void {
    if (frame.type === 'welcome') welcomed()
    // A browser may know a zone that the server does not: better in UTC than not at all.
    if (frame.type === 'error' && frame.code === 'unknown_time_zone') hello(undefined)
    else if (frame.type === 'error' && frame.code === 'unauthorized') refuse()
    else heard(frame)
  }

  function welcomed(): void {
    ready = true
    refused = false
    tries = 0
    write({ type: 'subscribe', id: 'reminders', topic: 'reminders' })
    write({ type: 'subscribe', id: 'calendar', topic: 'calendar' })
    write({ type: 'subscribe', id: 'transcript', topic: 'transcript' })
    changed('connected')
  }

  function again(): void {
    socket = undefined
    ready = false
    if (!refused) changed(tries === 0 ? 'connecting' : 'lost')
    const wait = Math.min(backoff.longest, backoff.first * 2 ** tries)
    tries += 1
    // Spread, so that not every window comes back in the same moment.
    timer = setTimeout(connect, wait * (0.5 + Math.random() / 2))
  }

  function write(frame: ClientFrame): void {
    socket?.send(JSON.stringify(frame))
  }

  function listenForSilence(): void {
    if (!ready) return
    const silent = Date.now() - lastHeard
    if (silent > silence.giveUp) {
      socket?.close()
      again()
    } else if (silent > silence.ask) write({ type: 'ping', id: 'alive' })
  }

  setInterval(listenForSilence, 5_000)
  addEventListener('online', connect)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connect()
  })
  changed('connecting')
  connect()

  return {
    get ready() {
      return ready
    },
    /** False when there is no connection to send it through. */
    send(frame: ClientFrame): boolean {
      if (!ready || socket?.readyState !== WebSocket.OPEN) return false
      write(frame)
      return true
    },
  }
}

export type Link = ReturnType<typeof openLink>
