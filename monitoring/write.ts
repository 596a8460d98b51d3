import { readFile, writeFile } from 'node:fs/promises'
import { dashboards } from './dashboards.ts'
import { dictionary } from './dictionary.ts'

/** Everything here that is written by a program, by the name of its file. */
export async function generated(): Promise<Readonly<Record<string, string>>> {
  const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8')
  const files = Object.entries(dashboards).map(([name, dashboard]) => [`dashboards/${name}`, `${JSON.stringify(dashboard, null, 2)}\n`])
  return { ...Object.fromEntries(files), 'README.md': readme.replace(/\| metric \|[\s\S]+?\n(?=\n)/, () => dictionary()) }
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(await generated())) await writeFile(new URL(`./${name}`, import.meta.url), text)
}
