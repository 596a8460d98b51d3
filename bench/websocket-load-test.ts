// node bench/websocket-load-test.ts [--connections 1000] [--duration 300] [--rate 20]: holds connections and looks at what they cost.
import { parseArgs } from 'node:util'
import { runLoad, whole } from './load/run.ts'
import { loadSockets } from './load/sockets.ts'

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000' },
    duration: { type: 'string', default: '300' },
    rate: { type: 'string', default: '20' },
  },
})
const connections = whole('connections', values.connections)
const [duration, rate] = [whole('duration', values.duration), whole('rate', values.rate)]
await runLoad(connections, (databaseUrl, isOver) => loadSockets({ databaseUrl, isOver, connections, duration, rate, tell: console.log }))
