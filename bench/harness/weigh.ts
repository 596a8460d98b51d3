// node --expose-gc weigh.ts URL: prints how many bytes the heap grows by when the module is loaded.
const [module = ''] = process.argv.slice(2)
await import('node:fs') // What the first import of any module costs is not the module's.
const before = held()
await import(module)
console.log(held() - before)

function held(): number {
  for (let time = 0; time < 3; time++) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
