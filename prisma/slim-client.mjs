// Run after `prisma generate`: takes out of the client what every process that loads it would keep for nothing, some 10 MB.
// Refuses a client in which it does not find what it looks for.
import { readFileSync, writeFileSync } from 'node:fs'
import { renumbered } from './param-graph.mjs'

const folder = new URL('../src/store/generated/internal/', import.meta.url)
const client = new URL('class.ts', folder)
const namespace = new URL('prismaNamespace.ts', folder)

/** The compiler is generated as a module of text, which stays, twice, beside what was compiled from it: it becomes a file. */
async function withoutCompiler(text) {
  const imported = /const \{ wasm \} = await import\("(?<module>[^"]+)"\)\s+return await decodeBase64AsWasm\(wasm\)/
  const { wasm } = await import(found(imported, text).module)
  writeFileSync(new URL('compiler.wasm', folder), Buffer.from(wasm, 'base64'))
  const read = `const { readFile } = await import('node:fs/promises')
    return new WebAssembly.Module(await readFile(new URL('compiler.wasm', import.meta.url)))`
  return text.replace(imported, read)
}

/** Of the graph an object is made for each node, which takes memory up to the highest number among its keys: they become low. */
function withLowNumbers(text) {
  const graph = /strings: JSON\.parse\((?<strings>".*")\),\n\s+graph: "(?<graph>[\w-]+)"/
  const { strings, graph: encoded } = found(graph, text)
  const low = renumbered({ strings: JSON.parse(JSON.parse(strings)), graph: encoded })
  return text.replace(graph, () => `strings: JSON.parse(${JSON.stringify(JSON.stringify(low.strings))}),\n  graph: "${low.graph}"`)
}

/** A source with one character that is not Latin is kept with two bytes for each: these have one in a comment. */
function withoutSign(text) {
  return text.replaceAll('🛑', '!')
}

function found(pattern, text) {
  const { groups } = pattern.exec(text) ?? {}
  if (!groups) throw new Error(`${client.pathname} is not generated in the way that ${import.meta.filename} knows: no ${pattern}`)
  return groups
}

writeFileSync(client, withoutSign(withLowNumbers(await withoutCompiler(readFileSync(client, 'utf8')))))
writeFileSync(namespace, withoutSign(readFileSync(namespace, 'utf8')))
