// Bare ws: a frame comes back as it is, or goes to everybody else when it says so.
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const text = String(data)
    if (text.startsWith('all:')) {
      for (const other of server.clients) if (other !== socket) other.send(text)
    } else socket.send(text)
  })
})
server.on('listening', () => {
  const address = server.address()
  process.send?.({ url: typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '' })
})
