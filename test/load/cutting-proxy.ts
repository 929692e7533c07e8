import { createServer, connect, type Socket } from 'node:net'

export type CuttingProxy = {
  readonly url: string
  /** Breaks every connection that goes through it now. */
  readonly cut: () => void
  /** Lets what the console says through but swallows every answer, until the connections are cut. */
  readonly swallowAnswers: () => void
  /** Pulls the plug: everything breaks and nothing new gets through, until it is put back. */
  readonly unplug: () => void
  readonly plugIn: () => void
  readonly close: () => Promise<void>
}

/** A stretch of network between one console and the nodes: each new connection goes to any node, so none may count on meeting the same one again. */
export async function cuttingProxy(pickPort: () => number): Promise<CuttingProxy> {
  const open = new Set<Socket>()
  let swallowing = false
  let unplugged = false
  const server = createServer((near) => {
    if (unplugged) {
      near.resetAndDestroy()
      return
    }
    const far = connect(pickPort(), '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      // A cut is this proxy's purpose; both ends notice by themselves.
      socket.on('error', () => undefined)
      socket.once('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.on('data', (data) => {
      if (!swallowing && !near.write(data)) far.pause()
    })
    near.on('drain', () => far.resume())
  })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address) resolve(address.port)
  })
  const port = await promise
  const cut = () => {
    swallowing = false
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    swallowAnswers: () => {
      swallowing = true
    },
    unplug: () => {
      unplugged = true
      cut()
    },
    plugIn: () => {
      unplugged = false
    },
    close: async () => {
      cut()
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      await closed.promise
    }
  }
}
