import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { aside } from '../aside.ts'
import { ProblemDocument } from '../problem.ts'
import {
  EventSchema,
  GroupSchema,
  LineSchema,
  NoteSchema,
  OccurrenceSchema,
  ReminderSchema,
  ReplySchema,
  SettingsSchema,
  TodoSchema,
  UnderstandingSchema,
} from '../schemas.ts'
import { finished } from './finished.ts'

const description = '/api/openapi.json'
const reader = '/api/docs'

/** Shapes that are described once and meant in many places, by their names there. */
const shapes = {
  Problem: ProblemDocument,
  Reply: ReplySchema,
  Line: LineSchema,
  Event: EventSchema,
  Occurrence: OccurrenceSchema,
  Reminder: ReminderSchema,
  Todo: TodoSchema,
  Note: NoteSchema,
  Group: GroupSchema,
  Settings: SettingsSchema,
  Understanding: UnderstandingSchema,
} as const

/** OpenAPI at `/api/openapi.json`, to be read and tried at `/api/docs`: of all routes that `app` gets from here on. */
export function descriptionRoutes(app: FastifyInstance, logo: Buffer): void {
  const routes: RouteOptions[] = []
  const answer = aside(() => open(routes, logo))
  for (const path of [description, reader, `${reader}/*`]) app.get(path, answer)
  app.addHook('onRoute', (route) => void routes.push(route))
}

async function open(routes: readonly RouteOptions[], logo: Buffer): Promise<FastifyInstance> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([import('@fastify/swagger'), import('@fastify/swagger-ui')])
  // Where zod keeps what `describe` says, which the document is to say too.
  const schemaRegistry = z.globalRegistry
  for (const [id, shape] of Object.entries(shapes)) schemaRegistry.add(shape, { ...schemaRegistry.get(shape), id })
  const named = createJsonSchemaTransformObject({ schemaRegistry })
  const app = Fastify({ exposeHeadRoutes: false })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => JSON.stringify)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'DuckTape',
        version: '1',
        description: 'Events, reminders, todos and notes. Failures are problem documents (RFC 9457).',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'ducktape token create' } } },
      security: [{ token: [] }, {}],
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: (document) => finished(named(document)),
  })
  await app.register(swaggerUi, {
    routePrefix: reader,
    uiConfig: { validatorUrl: null, docExpansion: 'list' },
    theme: { title: 'DuckTape API' },
    logo: { type: 'image/svg+xml', content: logo, href: '/' },
  })
  // Here they are only described.
  for (const { method, url, schema = {} } of routes) app.route({ method, url, schema, handler: async () => undefined })
  app.get(description, { schema: { hide: true } }, async () => app.swagger())
  return app
}
