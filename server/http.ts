import { Readable } from 'node:stream'
import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Problem, Reply } from '#shared/protocol/problem.ts'
import { Refresh, SignIn } from '#shared/protocol/session.ts'
import type { DeskInfo } from '#shared/protocol/session.ts'
import { SnapshotRequest } from '#shared/protocol/snapshot.ts'
import type { Bearer } from './sessions.ts'
import type { Sessions } from './sessions.ts'
import { problem } from './problem.ts'

const STATUS: { readonly [C in Problem['code']]: number } = {
  badRequest: 400,
  unauthenticated: 401,
  notPermitted: 403,
  wrongOwner: 403,
  notFound: 404,
  consoleTooOld: 426,
  consoleTooNew: 426,
  rateLimited: 429,
  busy: 503,
  unavailable: 503
}

export type HttpPorts = {
  readonly log: Logger
  readonly allowedOrigin: (origin: string | undefined) => boolean
  readonly trustProxy: boolean
  readonly metrics: { readonly text: () => Promise<string>; readonly type: string; readonly token: string | null }
}

/** What the routes need once the desk is up. */
export type Desk = {
  readonly sessions: Sessions
  readonly person: (id: string) => Promise<Person | undefined>
  readonly info: () => Promise<DeskInfo>
  /** A sentence when the desk cannot serve now. */
  readonly notReady: () => Promise<string | null>
  /** A snapshot for this person, compressed or not, or null when the one to go on with is over. */
  readonly snapshot: (
    me: Person,
    resume: string | undefined
  ) => { readonly gzip: () => AsyncIterable<Buffer>; readonly plain: () => AsyncIterable<string> } | null
}

/** The HTTP side: sign-in, snapshot, health. Everything else goes over the socket. */
export async function deskHttp(ports: HttpPorts, desk: () => Desk | null): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: ports.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 15_000,
    // One proxy, ours: the address it saw. What a client itself put into X-Forwarded-For stands further left and counts for nothing.
    trustProxy: ports.trustProxy ? (_address, hop) => hop === 0 : false,
    forceCloseConnections: true
  })
  await app.register(cors, {
    origin: (origin, decide) => decide(null, ports.allowedOrigin(origin) ? (origin ?? false) : false),
    methods: ['GET', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    maxAge: 600
  })
  await app.register(rateLimit, {
    global: true,
    max: 600,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { ttl }) => Object.assign(new Error('rate limited'), { statusCode: 429, ttl })
  })
  app.setErrorHandler((error: Error & { statusCode?: number; ttl?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status === 429)
      return send(reply, problem('rateLimited', 'Too many requests from here. Wait a little, then try again.', error.ttl ?? 10_000))
    if (status < 500) return send(reply, problem('badRequest', error.message))
    request.log.error({ err: error, path: request.routeOptions.url }, 'A request failed.')
    return send(reply, problem('unavailable', 'The desk could not answer this now. Try again.', 1_000))
  })
  app.setNotFoundHandler((_, reply) => send(reply, problem('notFound', 'There is nothing here.')))

  // A page elsewhere cannot read the answer anyway; it must not act either (a name that was made to point at this machine).
  app.addHook('onRequest', async (request, reply) => {
    if (!ports.allowedOrigin(request.headers.origin)) return send(reply, problem('notPermitted', 'This web origin may not use the desk.'))
  })

  app.get('/healthz', async () => ({ alive: true }))
  app.get('/readyz', async (_, reply) => {
    const why = (await desk()?.notReady()) ?? (desk() ? null : 'The server is starting.')
    return why ? send(reply, problem('unavailable', why, 1_000)) : { ready: true }
  })
  app.get('/metrics', async (request, reply) => {
    const { token } = ports.metrics
    const local = request.ip === '127.0.0.1' || request.ip === '::1'
    if (!(local && !ports.trustProxy) && !(token !== null && bearerToken(request) === token))
      return send(reply, problem('notPermitted', 'Metrics are for this machine, or for a token.'))
    return reply.type(ports.metrics.type).send(await ports.metrics.text())
  })
  app.get('/desk', async (_, reply) => {
    const open = desk()
    return open ? open.info() : send(reply, starting())
  })
  // By address, and an office may begin its shift behind one; guesses at one account are counted by sessions.ts.
  app.post('/session', { config: { rateLimit: { max: 300, timeWindow: 60_000 } } }, async (request, reply) => {
    const body = SignIn.safeParse(request.body)
    const open = desk()
    if (!open) return send(reply, starting())
    return send(
      reply,
      body.success ? await open.sessions.signIn(body.data, request.ip) : problem('badRequest', 'A sign-in needs a name and a password.')
    )
  })
  app.post('/session/refresh', { config: { rateLimit: { max: 1_200, timeWindow: 60_000 } } }, async (request, reply) => {
    const body = Refresh.safeParse(request.body)
    const open = desk()
    if (!open) return send(reply, starting())
    return send(
      reply,
      body.success ? await open.sessions.refresh(body.data, request.ip) : problem('badRequest', 'A refresh needs a refresh token.')
    )
  })
  app.delete('/session', async (request, reply) => {
    const open = desk()
    const who = await signedIn(request, open)
    // An access token lasts minutes: somebody who was away longer ends the sign-in with the refresh token.
    const held = Refresh.safeParse(request.body)
    if (!('problem' in who)) await who.desk.sessions.signOut(who.bearer)
    else if (!open || !held.success || !(await open.sessions.signOutWith(held.data))) return send(reply, who)
    return reply.code(204).send()
  })
  app.get('/snapshot', { config: { rateLimit: { max: 300, timeWindow: 60_000 } } }, async (request, reply) => {
    const who = await signedIn(request, desk())
    if ('problem' in who) return send(reply, who)
    const query = SnapshotRequest.safeParse(request.query)
    const snapshot = query.success ? who.desk.snapshot(who.me, query.data.resume) : null
    if (!snapshot) return send(reply, problem('badRequest', 'This snapshot cannot be continued. Begin a new one.'))
    void reply.type('application/x-ndjson').header('cache-control', 'no-store')
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
      return reply.send(Readable.from(snapshot.plain(), { objectMode: false }))
    void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding')
    return reply.send(Readable.from(snapshot.gzip(), { objectMode: false }))
  })
  return app
}

type SignedIn = { readonly desk: Desk; readonly bearer: Bearer; readonly me: Person }

/** Who asks, from the access token, with their account as it is now. */
export async function signedIn(
  request: FastifyRequest,
  desk: Desk | null
): Promise<SignedIn | { readonly ok: false; readonly problem: Problem }> {
  if (!desk) return starting()
  const bearer = await desk.sessions.bearer(bearerToken(request) ?? '')
  const me = bearer ? await desk.person(bearer.personId) : undefined
  return bearer && me?.active && (await desk.sessions.lives(bearer)) ? { desk, bearer, me } : problem('unauthenticated', 'Sign in first.')
}

/** A reply as HTTP: the value itself, or the problem under its status. */
export function send<T>(reply: FastifyReply, answer: Reply<T>): FastifyReply {
  if (answer.ok) return reply.send(answer.value)
  const { code, retryAfter } = answer.problem
  if (retryAfter !== null) void reply.header('retry-after', Math.ceil(retryAfter / 1_000))
  return reply.code(STATUS[code]).send(answer.problem)
}

function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null
}

function starting() {
  return problem('unavailable', 'The server is starting. Try again in a moment.', 500)
}
