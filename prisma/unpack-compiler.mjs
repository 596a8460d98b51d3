// Run after `prisma generate`, on whatever Node is installed: gives the client its compiler as a file. It is generated to
// import it as a module of text instead, which every process keeps for good, twice, beside what was compiled from it: 7 MB.
import { readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../src/store/generated/internal/', import.meta.url)
const client = new URL('class.ts', folder)
const imported = /const \{ wasm \} = await import\("(?<module>[^"]+)"\)\s+return await decodeBase64AsWasm\(wasm\)/
const text = readFileSync(client, 'utf8')
const { module } = imported.exec(text)?.groups ?? {}
if (!module) throw new Error(`${client.pathname} no longer imports its compiler in the way that ${import.meta.filename} knows`)
const { wasm } = await import(module)
writeFileSync(new URL('compiler.wasm', folder), Buffer.from(wasm, 'base64'))
const read = `const { readFile } = await import('node:fs/promises')
    return new WebAssembly.Module(await readFile(new URL('compiler.wasm', import.meta.url)))`
writeFileSync(client, text.replace(imported, read))
