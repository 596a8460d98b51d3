import type { Server } from 'node:http'
import { z } from 'zod'
import type { FakeDiscord } from './index.ts'

const Act = z.discriminatedUnion('do', [
  z.object({ do: z.literal('says'), as: z.string(), where: z.string(), text: z.string() }),
  z.object({ do: z.literal('mention'), as: z.string(), where: z.string(), text: z.string() }),
  z.object({
    do: z.literal('slash'),
    as: z.string(),
    where: z.string(),
    command: z.string(),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  }),
  z.object({ do: z.literal('press'), as: z.string(), where: z.string(), message: z.string(), label: z.string() }),
  z.object({ do: z.literal('choose'), as: z.string(), where: z.string(), message: z.string(), values: z.array(z.string()) }),
  z.object({ do: z.literal('file'), as: z.string(), name: z.string(), content: z.string() }),
  z.object({ do: z.literal('user'), name: z.string() }),
  z.object({ do: z.literal('guild'), members: z.array(z.string()) }),
  z.object({ do: z.literal('role'), guild: z.string(), name: z.string(), members: z.array(z.string()) }),
  z.object({ do: z.literal('channel'), guild: z.string(), name: z.string(), onlyFor: z.string().optional() }),
  z.object({ do: z.literal('gateway'), fault: z.enum(['askToReconnect', 'reset', 'freeze', 'muteHeartbeats', 'overflow']) }),
  z.object({ do: z.literal('invalidate'), resumable: z.boolean() }),
  z.object({ do: z.literal('close'), code: z.number() }),
  z.object({
    do: z.literal('status'),
    route: z.string(),
    status: z.number(),
    times: z.number().default(1),
    accepted: z.boolean().default(false),
  }),
  z.object({ do: z.literal('announce'), rules: z.array(z.string()) }),
])

/**
 * The controls for programs that are not in this process: `GET /control/journal`, `GET /control/messages`,
 * `POST /control/act`. Loopback only, like everything here.
 */
export function serveControl(server: Server, fake: FakeDiscord): void {
  server.on('request', async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://discord').pathname
    if (path.startsWith('/api/')) return
    const file = fake.world.files.get(path)
    if (file) return response.writeHead(200, { 'content-type': file.type }).end(file.content)
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.method === 'GET' && path === '/control/journal') return say(200, fake.journal.entries())
    if (request.method === 'GET' && path === '/control/messages') return say(200, fake.world.messages)
    if (request.method !== 'POST' || path !== '/control/act') return say(404, { error: 'there is nothing here' })

    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    try {
      say(200, act(fake, Act.parse(JSON.parse(Buffer.concat(chunks).toString()))) ?? {})
    } catch (error) {
      say(400, { error: error instanceof Error ? error.message : String(error) })
    }
  })
}

function act(fake: FakeDiscord, asked: z.output<typeof Act>): unknown {
  switch (asked.do) {
    case 'says':
      return { id: fake.as(asked.as).says(asked.where, asked.text) }
    case 'mention':
      return { id: fake.as(asked.as).mention(asked.where, asked.text) }
    case 'slash':
      return { id: fake.as(asked.as).slash(asked.where, asked.command, asked.options).id }
    case 'press':
      return { id: fake.as(asked.as).press(messageOf(fake, asked), asked.label).id }
    case 'choose':
      return { id: fake.as(asked.as).choose(messageOf(fake, asked), asked.values).id }
    case 'file':
      return { id: fake.as(asked.as).sendFile(asked.name, asked.content) }
    case 'user':
      return { id: fake.world.addUser(asked.name) }
    case 'guild':
      return fake.guild(asked.members)
    case 'role':
      return { id: fake.world.addRole(asked.guild, asked.name, asked.members) }
    case 'channel':
      return { id: fake.world.addChannel(asked.guild, asked.name, asked.onlyFor) }
    case 'gateway':
      return fake.gateway[asked.fault]()
    case 'invalidate':
      return fake.gateway.invalidate(asked.resumable)
    case 'close':
      return fake.gateway.close(asked.code)
    case 'status':
      return fake.faults.add({
        route: asked.route,
        times: asked.times,
        accepted: asked.accepted,
        what: { kind: 'status', status: asked.status },
      })
    case 'announce':
      return fake.journal.announce(...asked.rules)
  }
}

function messageOf(fake: FakeDiscord, { as, where, message }: { as: string; where: string; message: string }) {
  const found = fake
    .as(as)
    .sees(where)
    .find(({ data }) => data.id === message)
  if (!found) throw new RangeError(`nobody sees a message ${message} there`)
  return found
}
