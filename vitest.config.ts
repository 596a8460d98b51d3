import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that start whole programs and wait for them take longest: begun last, they would be waited for alone. */
const long = ['/test/journeys/', '/test/faults/', '/test/batch/faults', '/test/web/page', '/test/load', '/test/discord/start']

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => long.findIndex((path) => moduleId.includes(path)) >>> 0
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

/** They start nothing and keep nothing: a fresh process for each would only read the grammar again. */
const pure = ['test/{language,calendar,core}/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
    globalSetup: ['test/support/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Half of the time is waiting for timers and for other processes: a third one keeps two cores busy, a fourth stretches every wait.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
  },
})
