import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createJournal } from '../journal.ts'
import { createApi } from './api.ts'
import { control } from './control.ts'
import { createDeliveries } from './deliveries.ts'
import { createApiFaults } from './faults.ts'
import { createMessages } from './messages.ts'
import { createMethods } from './methods.ts'
import { defaults, type FakeSlackOptions, type Settings } from './options.ts'
import { createPeople } from './people.ts'
import { pressables, readAll, readHome } from './show.ts'
import { createSockets } from './sockets.ts'
import { createTickets } from './tickets.ts'
import { createViews } from './views.ts'
import { createWorkspace, type Ephemeral, type Message } from './workspace.ts'
import type { World } from './world.ts'

export type FakeSlack = Awaited<ReturnType<typeof openFakeSlack>>

/** A Slack on a free port of the loopback, strict about what the real one refuses. */
export async function openFakeSlack(options: FakeSlackOptions = {}) {
  const settings: Settings = { ...defaults, ...options }
  const journal = createJournal()
  const workspace = createWorkspace()
  const faults = createApiFaults()
  const timers = new Set<NodeJS.Timeout>()
  const server = createServer(handle)
  const scaled = (ms: number) => ms * settings.scale
  let base = ''

  const world: World = {
    settings,
    journal,
    workspace,
    faults,
    tickets: createTickets(scaled),
    address: () => base,
    scaled,
    later(ms, work) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        work()
      }, scaled(ms))
      timers.add(timer)
    },
  }
  const views = createViews(world)
  const messages = createMessages(world, (event, channel) => people.tell(event, channel))
  const sockets = createSockets(world, (link, text) => deliveries.received(link, text))
  const deliveries = createDeliveries(world, sockets)
  const people = createPeople({ world, deliveries, messages, views })
  const api = createApi(world, createMethods(world, messages, views), messages)

  function handle(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const method = /^\/api\/(?<name>[\w.]+)$/.exec(path)?.groups?.name
    if (method) return void api.call(request, response, method)
    const url = /^\/commands\/\w+\/(?<id>\w+)$/.exec(path)?.groups?.id
    if (url) return void api.respond(request, response, url)
    const file = /^\/files-pri\/(?<id>\w+)$/.exec(path)?.groups?.id
    if (file) return giveFile(request, response, file)
    if (path.startsWith('/_control/')) return void control(fake, request, response, path.slice('/_control/'.length))
    response.writeHead(404).end()
  }

  /** Whoever has no token that may read files gets a page to sign in on, with status 200. */
  function giveFile(request: IncomingMessage, response: ServerResponse, id: string) {
    const file = workspace.files.get(id)
    journal.record('file asked for', { id, authorised: request.headers.authorization === `Bearer ${settings.botToken}` })
    if (!file || request.headers.authorization !== `Bearer ${settings.botToken}`)
      return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Sign in</html>')
    response.writeHead(200, { 'content-type': file.type }).end(file.content)
  }

  server.on('upgrade', sockets.upgrade)
  await new Promise<void>((resolve) => server.listen(settings.port, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const refreshing = options.refreshEvery === undefined ? undefined : setInterval(() => sockets.disconnect(), options.refreshEvery)

  const fake = {
    apiUrl: `${base}/api/`,
    botToken: settings.botToken,
    appToken: settings.appToken,
    journal,
    workspace,
    people,
    views,
    tickets: world.tickets,
    faults,
    /** Ends connections, and how the next ones are treated. */
    sockets,
    holdEvents: deliveries.hold,
    releaseEvents: deliveries.release,

    /** Everything the bot shows at present. */
    shown: () => readAll(workspace),

    /** What a person sees of their home; nothing until the app has published it. */
    home(user: string) {
      const view = views.home(user)
      return view && readHome(view)
    },

    /** The message or whisper with this ts. */
    message(ts: string): Message | Ephemeral {
      const known = [...workspace.channels.values()].map((channel) => channel.messages.get(ts)).find((message) => message !== undefined)
      const found = known ?? workspace.ephemerals.find((ephemeral) => ephemeral.ts === ts)
      if (!found) throw new Error(`there is no message ${ts}`)
      return found
    },

    /** Presses a button, or chooses an entry, by the words on it. */
    press(user: string, ts: string, label: string) {
      const message = fake.message(ts)
      const found = pressables(message).find((pressable) => pressable.label === label)
      if (!found) throw new Error(`message ${ts} has no "${label}"`)
      return people.press(user, message, found.pressed)
    },

    /** Envelopes without ack, and calls without answer. */
    outstanding: () => deliveries.outstanding() + api.running(),

    assertNoViolations: journal.assertNoViolations,

    async [Symbol.asyncDispose]() {
      clearInterval(refreshing)
      for (const timer of timers) clearTimeout(timer)
      sockets.end()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      journal.assertNoViolations()
    },
  }
  return fake
}
