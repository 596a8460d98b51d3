import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'

export interface Asset {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The files of the page by name, read once. TypeScript loses its types here, which is all the build there is. */
export function loadPage(folder = join(import.meta.dirname, 'page')): ReadonlyMap<string, Asset> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const type = types[extname(name)]
      return type === undefined ? [] : [[name, asset(readFileSync(join(folder, name), 'utf8'), type, name)] as const]
    }),
  )
}

function asset(source: string, type: string, name: string): Asset {
  const body = Buffer.from(name.endsWith('.ts') ? stripTypeScriptTypes(source, { mode: 'strip' }) : source)
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}
