import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ExportedFile } from './ports.ts'

const types: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** How the description of the API tells of an answer that is no JSON. */
export function fileOf(...mediaTypes: readonly string[]) {
  return {
    description: 'The file',
    content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: z.unknown().meta({ type: 'string' }) }])),
  }
}

/** A file to be kept under its own name, and never shown as a page of ours. */
export function sendFile(reply: FastifyReply, { body, fileName }: ExportedFile): FastifyReply {
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
  return reply
    .type(types[fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    .serializer(String)
    .send(body)
}
