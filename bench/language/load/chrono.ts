import * as chrono from 'chrono-node'
import { reference } from '../present.ts'

export const kept = chrono
kept.casual.parse('lunch with Eve tomorrow at noon', reference)
