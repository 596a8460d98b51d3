import { fileURLToPath } from 'node:url'

const { PATH = '', HOME = '' } = process.env

/** All that a process inherits which a test starts. Compiled once for all of them, a program starts in two thirds of the time. */
export const inherited = { PATH, HOME, NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url)) }
