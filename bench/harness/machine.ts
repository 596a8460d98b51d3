import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly node: string
  readonly system: string
  /** Processes that wanted a core during the last minute. */
  readonly load: number
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${platform()} ${release()}`,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  }
}

export function describeMachine({ cpu, cores, memoryGb, node, system, load }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, ${system}, load ${load}`
}
