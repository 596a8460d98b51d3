// Loads every module that a running process may load, for what Node keeps of it on disk, and takes the types out of the
// page. A process that finds one with types loads what takes them away, and holds on to it: 15 MB for as long as it runs.
import { globSync } from 'node:fs'
import { join, sep } from 'node:path'
import { loadPage } from './web/assets.ts'

const root = join(import.meta.dirname, '..')
const page = join('src', 'web', 'page') + sep

loadPage()
// Asked for nothing, cli.ts says what it can do.
for (const file of globSync('{src,bots,jobs}/**/*.ts', { cwd: root })) if (!file.startsWith(page)) await import(join(root, file))
// What was opened by being loaded holds nobody up.
process.exit()
