import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { aside } from '../aside.ts'

const description = '/api/openapi.json'
const reader = '/api/docs'

/** OpenAPI at `/api/openapi.json`, to be read and tried at `/api/docs`: of all routes that `app` gets from here on. */
export function descriptionRoutes(app: FastifyInstance, logo: Buffer): void {
  const routes: RouteOptions[] = []
  const answer = aside(() => open(routes, logo))
  for (const path of [description, reader, `${reader}/*`]) app.get(path, answer)
  app.addHook('onRoute', (route) => void routes.push(route))
}

async function open(routes: readonly RouteOptions[], logo: Buffer): Promise<FastifyInstance> {
  const [{ default: swagger }, { default: swaggerUi }] = await Promise.all([import('@fastify/swagger'), import('@fastify/swagger-ui')])
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
    transform: jsonSchemaTransform,
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
