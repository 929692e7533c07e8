import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import type { Problem, Reply } from '#shared/protocol/problem.ts'
import type { ConsoleToServer, RequestName, ServerToConsole } from '#shared/protocol/socket-events.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import type { Clock } from './clock.ts'
import type { Broadcast, DeskNode, Line } from './desk-node.ts'
import type { Logger } from './logger.ts'
import type { Bearer, Sessions } from './sessions.ts'
import { problem } from './problem.ts'
import { tokenBucket } from './token-bucket.ts'

type DeskSocket = Socket<ConsoleToServer, ServerToConsole, Record<string, never>, { bearer: Bearer }>
type DeskServer = Server<ConsoleToServer, ServerToConsole, Record<string, never>, { bearer: Bearer }>

export type Sockets = {
  readonly broadcast: Broadcast
  /** Starts taking consoles in. */
  readonly open: (node: DeskNode, sessions: Sessions) => void
  readonly endFamily: (family: string, why: Problem) => void
  /** The sign-ins that hold a line here. */
  readonly families: () => readonly string[]
  /** Tells everybody that the server goes away and over how many milliseconds to spread out. */
  readonly announceEnd: (spread: number) => void
  /** Cuts the lines once what was answered has gone out. */
  readonly close: () => Promise<void>
}

export type SocketPorts = {
  readonly http: HttpServer
  readonly clock: Clock
  readonly log: Logger
  readonly allowedOrigin: (origin: string | undefined) => boolean
}

/** Requests a console may make: at once, and on average per second. */
const RATES: { readonly [N in RequestName]: { readonly burst: number; readonly perSecond: number } } = {
  hello: { burst: 5, perSecond: 0.5 },
  push: { burst: 400, perSecond: 200 },
  changes: { burst: 400, perSecond: 200 },
  timeline: { burst: 100, perSecond: 10 },
  search: { burst: 20, perSecond: 5 },
  lease: { burst: 5, perSecond: 0.2 },
  time: { burst: 40, perSecond: 5 },
  presence: { burst: 30, perSecond: 5 }
}
const NAMES = Object.keys(RATES) as readonly RequestName[]

/** The WebSocket side: who may connect, how often they may ask, and how messages leave. What is asked goes to the desk node. */
export function deskSockets({ http, clock, log, allowedOrigin }: SocketPorts): Sockets {
  const io: DeskServer = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 2 * LIMITS.bytesPerPush,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    perMessageDeflate: {
      // Pages are compressed, answers and pokes are not: one poke goes to every console and would be compressed for each. With context
      // takeover ws ignores the threshold and keeps a compressor for every console.
      threshold: LIMITS.bytesPerPoke,
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      zlibDeflateOptions: { level: 1, memLevel: 7 },
      concurrencyLimit: 2
    },
    allowRequest: (request, decide) => decide(null, allowedOrigin(request.headers.origin))
  })
  const lines = new Map<Line, DeskSocket>()
  const handshakes = tokenBucket({ burst: 2_000, perSecond: 200 }, clock)
  const idsOf = (some: readonly Line[]) => some.flatMap((line) => lines.get(line)?.id ?? [])

  const serve = (socket: DeskSocket, node: DeskNode) => {
    const { bearer } = socket.data
    const line: Line = {
      personId: bearer.personId,
      waitingBytes: () => waitingBytes(socket),
      close: (why) => {
        if (why) socket.emit('ended', why)
        socket.disconnect(true)
      }
    }
    lines.set(line, socket)
    const connection = node.connect(line)
    const rates = new Map(NAMES.map((name) => [name, tokenBucket(RATES[name], clock)]))
    for (const name of NAMES)
      socket.on(name, ((request: unknown, answer: unknown) => {
        if (typeof answer !== 'function') return
        const reply = answer as (reply: Reply<unknown>) => void
        const wait = rates.get(name)?.take('') ?? 0
        if (wait > 0) return reply(problem('rateLimited', 'This console asks too often. Nothing is lost; it goes on in a moment.', wait))
        void connection.ask(name, request).then(reply)
      }) as ConsoleToServer[typeof name])
    socket.once('disconnect', () => {
      lines.delete(line)
      connection.closed()
    })
  }

  return {
    broadcast: {
      poke: (some, poke) => {
        const ids = idsOf(some)
        if (ids.length > 0) io.to(ids).emit('poke', poke)
      },
      presences: (some, presences) => {
        const ids = idsOf(some)
        if (ids.length > 0) io.to(ids).emit('presences', presences)
      }
    },
    open: (node, sessions) => {
      const check = async (socket: DeskSocket, next: (error?: Error) => void) => {
        const tooMany = handshakes.take(socket.handshake.address) > 0
        next(tooMany ? refusal('rateLimited', 'Too many connections from here. Wait a little.') : await admit(socket, node, sessions, log))
      }
      io.use((socket, next) => void check(socket, next))
      io.on('connection', (socket) => serve(socket, node))
    },
    endFamily: (family, why) => {
      for (const [line, socket] of lines) if (socket.data.bearer.family === family) line.close(why)
    },
    families: () => [...new Set([...lines.values()].map((socket) => socket.data.bearer.family))],
    announceEnd: (spread) => io.emit('draining', { spread }),
    close: async () => {
      await new Promise((settle) => setTimeout(settle, lines.size > 0 ? 50 : 0))
      io.disconnectSockets(true)
      await io.close()
    }
  }
}

/** Undefined lets the console in; an error is told to it. */
async function admit(socket: DeskSocket, node: DeskNode, sessions: Sessions, log: Logger): Promise<Error | undefined> {
  const { token } = socket.handshake.auth as { readonly token?: unknown }
  try {
    const bearer = typeof token === 'string' ? await sessions.bearer(token) : null
    const person = bearer ? await node.person(bearer.personId) : undefined
    if (!bearer || !person?.active || !(await sessions.lives(bearer))) return refusal('unauthenticated', 'Sign in first.')
    socket.data.bearer = bearer
    return undefined
  } catch (error) {
    log.error({ err: error }, 'A connection could not be checked.')
    return refusal('unavailable', 'The desk could not check this sign-in now. Try again.')
  }
}

/** The shape in which Socket.IO hands a refused handshake to the console: `error.data` is the problem. */
function refusal(code: Problem['code'], message: string): Error {
  return Object.assign(new Error(message), { data: problem(code, message).problem })
}

function waitingBytes(socket: DeskSocket): number {
  const { transport, writeBuffer } = socket.conn as unknown as {
    readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } }
    readonly writeBuffer?: readonly { readonly data?: unknown }[]
  }
  const queued = (writeBuffer ?? []).reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0)
  return queued + (transport?.socket?.bufferedAmount ?? 0)
}
