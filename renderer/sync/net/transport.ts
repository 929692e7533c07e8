import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { LinkEnd } from '../engine/input.ts'

/** One socket at a time for the engine; it decides when to open, close and try again. */
export type Transport = {
  readonly open: (link: number, url: string, token: string) => void
  readonly close: (link: number) => void
  readonly send: (link: number, request: number, name: string, body: unknown) => void
}

export type TransportListener = {
  readonly opened: (link: number) => void
  readonly closed: (link: number, reason: LinkEnd) => void
  readonly replied: (link: number, request: number, reply: unknown) => void
  readonly heard: (link: number, event: string, body: unknown) => void
}

/**
 * Socket.IO over WebSocket only. Reconnecting, resending and recovering are off: the engine's cursor and its sequences do all three
 * (SYNC-6), and a second opinion about what was delivered can only be wrong.
 */
export function socketTransport(listener: TransportListener): Transport {
  const sockets = new Map<number, Socket>()
  const drop = (link: number) => {
    const socket = sockets.get(link)
    sockets.delete(link)
    socket?.removeAllListeners()
    socket?.offAny()
    socket?.disconnect()
  }
  return {
    open: (link, url, token) => {
      const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token } })
      sockets.set(link, socket)
      socket.on('connect', () => listener.opened(link))
      socket.on('connect_error', (error) => {
        drop(link)
        listener.closed(link, endOf(error))
      })
      socket.on('disconnect', () => {
        drop(link)
        listener.closed(link, 'closed')
      })
      socket.onAny((event: string, body: unknown) => listener.heard(link, event, body))
    },
    close: drop,
    send: (link, request, name, body) => {
      sockets.get(link)?.emit(name, body, (reply: unknown) => {
        if (sockets.has(link)) listener.replied(link, request, reply)
      })
    }
  }
}

/** The server's middleware refuses a handshake with a problem in `data`; anything else is a line that could not be had. */
function endOf(error: Error): LinkEnd {
  const data = 'data' in error ? error.data : null
  if (typeof data !== 'object' || data === null || !('code' in data)) return 'unreachable'
  return data.code === 'unauthenticated' ? 'unauthenticated' : 'refused'
}
