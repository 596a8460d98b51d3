import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** The part used here of a global that TypeScript declares for browsers only. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ readonly instance: { readonly exports: Record<string, unknown> } }>
}

/**
 * Prisma's schema engine in WebAssembly: what `prisma migrate` runs, without the binary that its
 * command line would download. It keeps `_prisma_migrations` exactly as the command line does, so
 * either may be used on the same folder.
 */
export async function openSchemaEngine(
  connectionString: string,
  schema: readonly [path: string, text: string],
): Promise<{ readonly engine: bindings.SchemaEngine } & AsyncDisposable> {
  linked ??= link()
  await linked
  const pool = new pg.Pool({ connectionString, application_name: 'ducktape migrate' })
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  const engine = await bindings.SchemaEngine.new({ datamodels: [[...schema]] }, () => undefined, adapter)
  return { engine, [Symbol.asyncDispose]: () => pool.end() }
}

/** The bindings hold one module for the whole process, so it is linked once. */
let linked: Promise<void> | undefined

/** Linked by hand, since Node warns on every start about modules that import WebAssembly. */
async function link(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await readFile(script.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings, ...unrefTimers() } })
  bindings.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
}

/** The engine waits 10 s for its lock by a timer that it never clears: it shall not keep the process alive. */
function unrefTimers(): Record<string, unknown> {
  const timers = Object.entries(bindings).filter(([name]) => name.startsWith('__wbg_setTimeout_'))
  return Object.fromEntries(
    timers.map(([name, start]) => [
      name,
      (...values: unknown[]) => {
        const timer: unknown = Reflect.apply(start as () => unknown, undefined, values)
        return timer instanceof Object && 'unref' in timer && typeof timer.unref === 'function' ? timer.unref() : timer
      },
    ]),
  )
}
