import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { getCompileCacheDir, stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface Asset {
  readonly body: Buffer
  /** The same, packed by gzip when it is first asked for. */
  packed(): Buffer
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
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
      const type = types[extname(name)]
      return type === undefined ? [] : [[name, asset(readFileSync(join(folder, name), 'utf8'), type, name)] as const]
    }),
  )
}

function asset(source: string, type: string, name: string): Asset {
  const body = Buffer.from(name.endsWith('.ts') ? withoutTypes(source) : source)
  let gzipped: Buffer | undefined
  const packed = () => {
    gzipped ??= gzipSync(body, { level: 9 })
    return gzipped
  }
  return { body, packed, type, etag: `"${hashOf(body).slice(0, 22)}"` }
}

/** Kept where Node keeps compiled code, if it does: what takes types away weighs more than ten megabytes once it is loaded. */
function withoutTypes(source: string): string {
  const folder = getCompileCacheDir()
  const kept = folder && join(folder, `page-${hashOf(source)}.js`)
  const known = kept && readIfThere(kept)
  if (known !== undefined) return known
  const stripped = stripTypeScriptTypes(source, { mode: 'strip' })
  if (kept) keep(kept, stripped)
  return stripped
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Whole or not at all. Where nothing can be written, the next start does the work again. */
function keep(file: string, text: string): void {
  try {
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, text)
    renameSync(draft, file)
  } catch {}
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url')
}
