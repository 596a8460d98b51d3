import { createInterface } from 'node:readline'
import { z } from 'zod'

const Identified = z.object({ id: z.union([z.string(), z.number()]).optional() })

/**
 * Answers requests from standard input, one JSON object a line, in order.
 *
 * A line that cannot be answered gets `{ id, error }`, so that answers and requests stay in step.
 */
export async function answerLines(answer: (request: unknown) => object): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answerLine(line, answer))}\n`)
  }
}

function answerLine(line: string, answer: (request: unknown) => object): object {
  let request: unknown
  try {
    request = JSON.parse(line)
    return answer(request)
  } catch (cause) {
    const { id } = Identified.safeParse(request).data ?? {}
    return { ...(id === undefined ? {} : { id }), error: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Checks a request; throws `RangeError` that names the field. */
export function checked<Request>(schema: z.ZodType<Request>, request: unknown): Request {
  const read = schema.safeParse(request)
  if (read.success) return read.data
  throw new RangeError(read.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`).join('; '))
}
