import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { readBody } from './api.ts'
import type { ApiFault } from './faults.ts'
import type { FakeSlack } from './index.ts'

const Order = z.object({
  user: z.string().optional(),
  channel: z.string().optional(),
  text: z.string().default(''),
  command: z.string().default('/duck'),
  ts: z.string().default(''),
  label: z.string().default(''),
  method: z.string().default(''),
  fault: z.custom<ApiFault>((value) => typeof value === 'object').optional(),
})

/** The same control over HTTP: `GET /_control/journal|shown`, `POST /_control/dm|mention|slash|press|fault|refresh|reset`. */
export async function control(fake: FakeSlack, request: IncomingMessage, response: ServerResponse, action: string) {
  try {
    const body = (await readBody(request)).toString()
    const result = await carryOut(fake, action, Order.parse(body === '' ? {} : JSON.parse(body)))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result ?? null))
  } catch (error) {
    response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error))
  }
}

async function carryOut(fake: FakeSlack, action: string, order: z.output<typeof Order>): Promise<unknown> {
  const { ann, general } = fake.workspace
  const { user = ann.id, channel = general.id, text, command, ts, label, method, fault } = order
  switch (action) {
    case 'journal':
      return fake.journal.entries()
    case 'shown':
      return fake.shown()
    case 'dm':
      return fake.people.dm(user, text)
    case 'file':
      return fake.people.sendFile(user, label, text)
    case 'mention':
      return fake.people.mention(user, channel, text)
    case 'slash':
      return fake.people.slash(user, channel, command, text)
    case 'press':
      return fake.press(user, ts, label)
    case 'fault':
      return fault && fake.faults.next(method, fault)
    case 'refresh':
      return fake.sockets.disconnect()
    case 'reset':
      return fake.sockets.resetAll()
    default:
      throw new Error(`no such control: ${action}`)
  }
}
