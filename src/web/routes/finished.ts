import { STATUS_CODES } from 'node:http'

interface Answer {
  readonly description: string
  readonly content?: Readonly<Record<string, unknown>>
}

interface Operation {
  readonly tags?: readonly string[]
  readonly responses?: Readonly<Record<string, Answer>>
}

/** An OpenAPI document, as far as it is looked at here. */
interface Described {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

const reference = { $ref: '#/components/schemas/Problem' }
const problem = { 'application/problem+json': { schema: reference } }

/** What every operation may answer besides: a body that is too large, a wrong media type, a foreign origin, a failure of ours. */
const otherwise = { description: 'Any other failure', content: problem }

/** What cannot be said route by route: as what problems are sent, and that any operation may end in one. */
export function finished<Document extends object>(document: Document): Document {
  const { paths = {} } = document as Described
  return withoutUnused({ ...document, paths: mapped(paths, (operations) => mapped(operations, withProblems)) })
}

function withProblems(operation: Operation): Operation {
  const responses = mapped(operation.responses ?? {}, (answer, status) => {
    const content = JSON.stringify(answer.content ?? {}).includes(`{"schema":${JSON.stringify(reference)}}`) ? problem : answer.content
    const description = answer.description === 'Default Response' ? (STATUS_CODES[status] ?? status) : answer.description
    return { ...answer, description, ...(content ? { content } : {}) }
  })
  return { ...operation, responses: { ...responses, default: otherwise } }
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From, name: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}

/** Each shape is there twice, as it is sent and as it is answered: leaves those that no route has. */
function withoutUnused<Document extends object>(document: Document): Document {
  const { paths, components } = document as Described
  const schemas = { ...components?.schemas }
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
