import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { roles, variables } from '../../src/config.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string) => readFile(`${root}monitoring/${name}`, 'utf8')

const Service = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  user: z.string().optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
})
const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })

const { services, volumes } = Compose.parse(parse(await read('compose.yaml'), { merge: true }))
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined)
const dockerfile = (await read('Dockerfile')).replaceAll('\\\n', ' ').split('\n')
const finalStage = dockerfile.slice(dockerfile.findLastIndex((line) => line.startsWith('FROM ')))

describe.each(Object.entries(services))('the container %s', (_name, service) => {
  it('runs as nobody special, and can become nobody else', () => {
    const user = service.build ? finalStage.findLast((line) => line.startsWith('USER '))?.slice(5) : service.user
    expect(user).toMatch(/^(?!root$|0$)\w+$/)
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
  })

  it('says whether it is well, and waits for those that say so', () => {
    expect(service.build ? finalStage.some((line) => line.startsWith('HEALTHCHECK ')) : service.healthcheck).toBeTruthy()
    for (const other of Object.keys(service.depends_on)) expect(services).toHaveProperty(other)
  })

  it('is open to this machine only, and of a version that is named', () => {
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    if (!service.build) expect(service.image).toMatch(/:v?\d/)
  })

  it('mounts what there is', () => {
    for (const source of service.volumes.map((volume) => volume.split(':')[0] ?? '')) {
      expect(source.startsWith('./') ? existsSync(`${root}monitoring/${source}`) : source in volumes, source).toBe(true)
    }
  })
})

describe('the containers of DuckTape', () => {
  it('have all roles between them, and no variable that means nothing', () => {
    expect(ours.map(([, { environment }]) => environment.ROLES).toSorted()).toEqual([...roles].toSorted())
    for (const [, { environment }] of ours) expect([...variables]).toEqual(expect.arrayContaining(Object.keys(environment)))
  })

  it('are all scraped where they serve, with the rules', async () => {
    const { scrape_configs, rule_files } = parse(await read('compose/prometheus.yml'))
    const [{ names, port }] = scrape_configs[0].dns_sd_configs
    expect(names.toSorted()).toEqual(ours.map(([name]) => name).toSorted())
    for (const [, { environment }] of ours) expect(environment.HTTP_PORT).toBe(port)
    expect(rule_files).toEqual(['/etc/prometheus/rules/*.yml'])
    expect(services.prometheus?.volumes).toEqual(expect.arrayContaining([expect.stringContaining(':/etc/prometheus/rules/alerts.yml:ro')]))
  })

  it('are shown by Grafana from the dashboards that are here', async () => {
    const source = parse(await read('compose/grafana/datasources/prometheus.yml')).datasources[0]
    const provider = parse(await read('compose/grafana/dashboards/ducktape.yml')).providers[0]
    expect(services).toHaveProperty(new URL(source.url).hostname)
    expect(services.grafana?.volumes).toContain(`./dashboards:${provider.options.path}:ro`)
  })
})

describe('the image', () => {
  it('is made of what is there, and of all that the program is', async () => {
    const copied = dockerfile.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) => line.split(' ').slice(1, -1))
    const sent = (await read('Dockerfile.dockerignore')).split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
    expect([...new Set(copied)].toSorted()).toEqual(sent.toSorted())
    for (const name of copied) expect(existsSync(`${root}${name}`), name).toBe(true)
    const { imports } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { imports: Record<string, string> }
    for (const target of Object.values(imports)) expect(copied).toContain(target.split('/')[1])
  })
})
