// node bench/stress-test.ts [--users 10000] [--duration 3600] [--rate 20]: people on Slack, Discord and the page, and their reminders.
import { parseArgs } from 'node:util'
import { startRedis } from '../test/support/redis.ts'
import { needs } from '../test/support/require.ts'
import { runLoad, whole } from './load/run.ts'
import { stress } from './load/stress.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '10000' },
    duration: { type: 'string', default: '3600' },
    rate: { type: 'string', default: '20' },
  },
})
const users = whole('users', values.users)
const [duration, rate] = [whole('duration', values.duration), whole('rate', values.rate)]
const program = needs('redis')
await using redis = program === undefined ? undefined : await startRedis(program, { detached: true })
await runLoad(users, (databaseUrl, isOver) =>
  stress({ databaseUrl, isOver, redisUrl: redis?.url, users, duration, rate, tell: console.log }),
)
