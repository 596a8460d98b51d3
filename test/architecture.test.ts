import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Who may import whom, and which packages where. Node's own modules are free to all. */
const rooms: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  'src/core': { rooms: [], packages: [] },
  'src/language': { rooms: ['src/core'], packages: ['chrono-node', 'lru-cache', 'zod'] },
  'src/calendar': { rooms: ['src/core'], packages: ['ical.js', 'windows-iana', 'zod'] },
  'src/commands': { rooms: ['src/core', 'src/language', 'src/calendar'], packages: [] },
  'src/store': { rooms: ['src/core'], packages: ['@prisma/*', 'pg', 'ioredis', 'lru-cache', 'zod', 'pino'] },
  'src/net': { rooms: ['src/core'], packages: ['cockatiel'] },
  'src/telemetry': { rooms: ['src/core'], packages: ['pino', 'pino-pretty', 'prom-client'] },
  'src/web': { rooms: ['src/core'], packages: ['fastify', '@fastify/*', 'fastify-type-provider-zod', 'ws', 'zod', 'pino'] },
  'bots/slack': { rooms: ['src/core'], packages: ['@slack/*', 'ws', 'lru-cache', 'zod', 'pino'] },
  'bots/discord': { rooms: ['src/core'], packages: ['discord.js', '@discordjs/*', 'discord-api-types', 'lru-cache', 'zod', 'pino'] },
  'bots/web': { rooms: ['src/core'], packages: ['zod'] },
  'bots/memory': { rooms: ['src/core'], packages: [] },
  jobs: { rooms: ['src/core', 'src/calendar'], packages: ['bullmq', '@bull-board/*', 'ioredis', 'lru-cache', 'pg', 'zod', 'pino'] },
}

/** What stands above the rooms and joins them. */
const above = [
  'src/admin.ts',
  'src/main.ts',
  'src/cli.ts',
  'src/cli/',
  'src/config.ts',
  'src/ready.ts',
  'src/watch.ts',
  'src/reads.ts',
  'src/exchange.ts',
  'src/planner/',
  'src/keeper/',
  'src/upkeep.ts',
  'src/news.ts',
  'src/polls.ts',
  'src/names-of.ts',
  'src/batch/',
  'src/start/',
]

interface Import {
  readonly from: string
  /** A file of ours, or the name of a package. */
  readonly to: string
  readonly ours: boolean
}

const files = ['src', 'bots', 'jobs'].flatMap((folder) => tree(folder)).filter((file) => !file.startsWith('src/store/generated/'))
const imports = files.flatMap(importsOf)

function tree(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

function importsOf(from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8')
  // "import { a } from 'x'"   "export * from 'x'"   "import 'x'"   "await import('x')"
  const statement = /^(?:import|export)\b(?:[^'";:=(]*?\bfrom)?\s*'(?<name>[^'\n]+)'|\bimport\('(?<lazy>[^'\n]+)'\)/gm
  const specifiers = [...text.matchAll(statement)].map(({ groups }) => groups?.name ?? groups?.lazy ?? '')
  return specifiers.flatMap((specifier): Import[] => {
    if (specifier.startsWith('node:')) return []
    if (specifier.startsWith('.')) return [{ from, to: join(dirname(from), specifier), ours: true }]
    const alias = /^#(?<name>\w+)\/(?<rest>.+)$/.exec(specifier)?.groups
    if (alias) return [{ from, to: `${['bots', 'jobs'].includes(alias.name ?? '') ? '' : 'src/'}${alias.name}/${alias.rest}`, ours: true }]
    return [
      {
        from,
        to: specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
        ours: false,
      },
    ]
  })
}

function roomOf(file: string): string | undefined {
  return Object.keys(rooms).find((room) => file.startsWith(`${room}/`))
}

function isAbove(file: string): boolean {
  return above.some((name) => (name.endsWith('/') ? file.startsWith(name) : file === name))
}

describe('the house', () => {
  it('has a room for every file', () => {
    expect(files.filter((file) => roomOf(file) === undefined && !isAbove(file))).toEqual([])
  })

  it('has arrows in one direction only', () => {
    const wrong = imports.filter(({ from, to, ours }) => {
      const room = roomOf(from)
      if (!ours || room === undefined) return false
      const target = roomOf(to)
      return target !== room && !(target !== undefined && rooms[room]?.rooms.includes(target))
    })
    expect(wrong.map(({ from, to }) => `${from} may not import ${to}`)).toEqual([])
  })

  it('keeps each package in the rooms that it is for', () => {
    const wrong = imports.filter(({ from, to, ours }) => {
      const room = roomOf(from)
      if (ours || room === undefined) return false
      return !rooms[room]?.packages.some((name) => name === to || (name.endsWith('/*') && to.startsWith(name.slice(0, -1))))
    })
    expect(wrong.map(({ from, to }) => `${from} may not import ${to}`)).toEqual([])
  })

  it('has no circles', () => {
    const targets = Map.groupBy(
      imports.filter(({ ours }) => ours),
      ({ from }) => from,
    )
    const finished = new Set<string>()
    const circles: string[] = []
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      if (path.includes(file) || finished.has(file)) return
      for (const { to } of targets.get(file) ?? []) visit(to, [...path, file])
      finished.add(file)
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })

  it('asks the database client for one row in the way that it plans once', () => {
    const asking = files.filter((file) => /\.findUnique(?:OrThrow)?\(/.test(readFileSync(join(root, file), 'utf8')))
    expect(asking).toEqual([]) // src/store/client.ts says why.
  })

  it('reads the environment in one file', () => {
    const readers = files.filter((file) => /\bprocess\s*\.\s*env\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers).toEqual(['src/config.ts'])
  })
})
