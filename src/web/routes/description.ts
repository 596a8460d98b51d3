import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { aside } from '../aside.ts'
import { ProblemDocument } from '../problem.ts'
import { EventSchema, LineSchema, OccurrenceSchema, ReminderSchema, ReplySchema, SettingsSchema, UnderstandingSchema } from '../schemas.ts'

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
  const schemaRegistry = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(shapes)) schemaRegistry.add(shape, { id })
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
    transformObject: (document) => withoutUnused(named(document)),
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

/** Each shape is there twice, as it is sent and as it is answered: leaves those that no route has. */
function withoutUnused<Whole extends object>(document: Whole): Whole {
  const { paths, components } = document as { readonly paths?: object; readonly components?: { readonly schemas?: object } }
  const schemas: Readonly<Record<string, unknown>> = { ...components?.schemas }
  const used = new Set<string>()
  const look = (part: unknown) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      look(schemas[name])
    }
  }
  look(paths)
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
  return { ...document, components: { ...components, schemas: kept } }
}
