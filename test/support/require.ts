import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

const programs = {
  redis: 'redis-server',
  chromium: 'chromium',
  promtool: 'promtool',
  prometheus: 'prometheus',
  khal: 'khal',
  vdirsyncer: 'vdirsyncer',
} as const

/**
 * Where a program is that a part of the suite needs, or undefined when that part is to be skipped.
 *
 * DUCKTAPE_TEST_REQUIRE names those that may not be missing, separated by commas.
 */
export function needs(program: keyof typeof programs): string | undefined {
  const found = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, programs[program]))
    .find(isProgram)
  const required = (process.env.DUCKTAPE_TEST_REQUIRE ?? '').split(',').includes(program)
  if (required && found === undefined) throw new Error(`${programs[program]} is not installed, and DUCKTAPE_TEST_REQUIRE asks for it`)
  return found
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
