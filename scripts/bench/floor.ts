import { fork } from 'node:child_process'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { ROOT } from '../drive/root.ts'

/** Bare Socket.IO with an in-memory store, as a process of its own. */
export type Floor = { readonly url: string; readonly connect: () => Promise<Socket>; readonly end: () => void }

export async function startFloor(): Promise<Floor> {
  const child = fork(join(ROOT, 'scripts', 'bench', 'floor-server.ts'))
  const url = z.string().parse(await new Promise((heard, fail) => child.once('message', heard).once('error', fail)))
  return {
    url,
    connect: async () => {
      const socket = io(url, { transports: ['websocket'], forceNew: true })
      await new Promise<void>((connected, fail) => socket.once('connect', connected).once('connect_error', fail))
      return socket
    },
    end: () => child.disconnect()
  }
}
