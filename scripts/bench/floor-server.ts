import { createServer } from 'node:http'
import { Server } from 'socket.io'

// The cost of the wire and nothing else: Socket.IO, commands in a Map, an answer, a broadcast. No rules, rights, order or disk.
type Item = { readonly id: string; readonly body: unknown }

const log: Item[] = []
const known = new Map<string, number>()
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
io.on('connection', (socket) => {
  socket.on('push', (items: readonly Item[], answer: (revision: number) => void) => {
    for (const item of items) {
      if (known.has(item.id)) continue
      known.set(item.id, log.push(item))
      socket.broadcast.emit('changed', item)
    }
    answer(log.length)
  })
  socket.on('changes', (after: number, answer: (items: readonly Item[]) => void) => answer(log.slice(after)))
})
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address !== null && typeof address === 'object') process.send?.(`http://127.0.0.1:${address.port}`)
})
process.once('disconnect', () => process.exit(0))
