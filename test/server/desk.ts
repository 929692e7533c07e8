import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Person, Role } from '#shared/domain/directory/person.ts'
import type { CommandId, PersonId, QueueId } from '#shared/domain/identity.ts'
import type { Fact, LoggedFact, RecordRef } from '#shared/domain/record.ts'
import type { Poke } from '#shared/protocol/changes.ts'
import type { Hello, Welcome } from '#shared/protocol/hello.ts'
import type { Problem } from '#shared/protocol/problem.ts'
import type { PushReply } from '#shared/protocol/push.ts'
import type { Session } from '#shared/protocol/session.ts'
import type { ReplyOf, RequestName } from '#shared/protocol/socket-events.ts'
import { createApp } from '#server/app.ts'
import type { App } from '#server/app.ts'
import { appendFacts } from '#server/bulk.ts'
import { systemClock, systemTimers } from '#server/clock.ts'
import type { Clock } from '#server/clock.ts'
import { keepAccount } from '#server/db/account.ts'
import { tablesOf } from '#server/db/tables.ts'
import { DESK_ITSELF } from '#server/first-start.ts'
import type { Speaks } from '#server/hello.ts'
import { serverLog } from '#server/log.ts'
import { passwordHash } from '#server/sessions.ts'
import { makeCustomer, makePerson, makeQueue } from '#test/make.ts'
import { freshDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'

export const PASSWORD = 'a long enough secret'
const HASH = passwordHash(PASSWORD)

export type TestDesk = {
  readonly database: TestDatabase
  readonly app: App
  readonly lines: readonly string[]
  /** A person with an account, signed in. */
  readonly person: (role: Role, over?: Partial<Person>) => Promise<Signed>
  readonly signIn: (name: string, password?: string) => Promise<Session>
  /** A console of this person, connected; it has not said hello. */
  readonly console: (signed: Signed, consoleId?: string) => Promise<TestConsole>
  readonly save: (ref: RecordRef, state: unknown) => Promise<void>
  readonly close: () => Promise<void>
}
export type Signed = { readonly person: Person; readonly name: string; readonly session: Session }

export type TestConsole = {
  readonly id: string
  readonly socket: Socket
  readonly pokes: readonly Poke[]
  readonly ended: readonly Problem[]
  readonly ask: <N extends RequestName>(name: N, request: unknown) => Promise<ReplyOf<N>>
  readonly hello: (over?: Partial<Hello>) => Promise<Welcome>
  /** A command of this console's person with the next sequence. */
  readonly command: (type: string, record: RecordRef, payload: object, over?: object) => TestCommand
  readonly push: (...commands: readonly TestCommand[]) => Promise<PushReply>
  readonly gone: () => Promise<void>
}
export type TestCommand = { readonly id: string; readonly sequence: number; readonly record: RecordRef; readonly [name: string]: unknown }

export const CONFIG = { host: '127.0.0.1', port: 0, origins: [], deskName: null, metricsToken: null, trustProxy: false } as const

/** A whole server on a real database, with real sockets. */
export async function openDesk(
  options: { readonly database?: TestDatabase; readonly clock?: Clock; readonly speaks?: Speaks; readonly trustProxy?: boolean } = {}
): Promise<TestDesk> {
  const database = options.database ?? (await freshDatabase())
  const lines: string[] = []
  const log = serverLog('debug', new Writable({ write: (line: Buffer, _, done) => (lines.push(line.toString()), done()) }))
  const app = await createApp({
    database,
    clock: options.clock ?? systemClock,
    timers: systemTimers,
    log,
    config: { ...CONFIG, trustProxy: options.trustProxy ?? false },
    ...(options.speaks ? { speaks: options.speaks } : {})
  })
  const db = tablesOf(database.pool)
  const consoles: TestConsole[] = []

  const save = async (ref: RecordRef, state: unknown) => {
    const at = systemClock.now()
    const fact = (state === null ? { type: 'removed' } : { type: 'saved', kind: ref.kind, state }) as Fact
    const logged: LoggedFact = {
      fact,
      occurredAt: at,
      recordedAt: at,
      actorId: DESK_ITSELF,
      commandId: randomUUID() as CommandId,
      late: false
    }
    await appendFacts(app.store, [{ ref, logged: [logged] }])
    await app.node.catchUp()
  }
  const signIn = async (name: string, password = PASSWORD): Promise<Session> => {
    const answer = await post(`${app.url}/session`, { name, password })
    if (answer.status !== 200) throw new Error(`sign-in: ${await answer.text()}`)
    return (await answer.json()) as Session
  }
  return {
    database,
    app,
    lines,
    save,
    signIn,
    person: async (role, over = {}) => {
      const person = makePerson({ id: randomUUID() as PersonId, role, name: `${role} ${randomUUID().slice(0, 8)}`, ...over })
      await save({ kind: 'person', id: person.id }, person)
      await keepAccount(db, { personId: person.id, name: person.name, passwordHash: await HASH, samplePassword: null }, 0)
      return { person, name: person.name, session: await signIn(person.name) }
    },
    console: async (signed, consoleId = randomUUID()) => {
      const opened = await connect(app.url, signed, consoleId)
      consoles.push(opened)
      return opened
    },
    close: async () => {
      for (const { socket } of consoles) socket.disconnect()
      await app.close()
      if (!options.database) await database.drop()
    }
  }
}

export async function connect(url: string, { person, session }: Signed, consoleId: string): Promise<TestConsole> {
  const socket = io(url, { transports: ['websocket'], auth: { token: session.accessToken }, forceNew: true, reconnection: false })
  const pokes: Poke[] = []
  const ended: Problem[] = []
  socket.on('poke', (poke: Poke) => pokes.push(poke))
  socket.on('ended', (problem: Problem) => ended.push(problem))
  const gone = new Promise<void>((settle) => socket.once('disconnect', () => settle()))
  await new Promise<void>((settle, reject) => {
    socket.once('connect', settle)
    socket.once('connect_error', reject)
  })
  let sequence = 0
  const ask = <N extends RequestName>(name: N, request: unknown) => socket.timeout(10_000).emitWithAck(name, request) as Promise<ReplyOf<N>>
  return {
    id: consoleId,
    socket,
    pokes,
    ended,
    ask,
    hello: async (over = {}) => valueOf(await ask('hello', helloOf(consoleId, over))),
    command: (type, record, payload, over = {}) => ({
      id: randomUUID(),
      consoleId,
      sequence: (sequence += 1),
      actorId: person.id,
      type,
      schema: 1,
      record,
      payload,
      occurredAt: Date.now(),
      uncertainty: 0,
      decidedOn: 0,
      ...over
    }),
    push: async (...commands) => valueOf(await ask('push', { commands })),
    gone: () => gone
  }
}

export function helloOf(consoleId: string, over: Partial<Hello> = {}): object {
  return {
    protocol: 1,
    commandSchema: 1,
    replicaSchema: 1,
    appVersion: '0.1.0',
    consoleId,
    cursor: null,
    scope: null,
    numbersLeft: 20,
    ...over
  }
}

/** What a request was answered with, when it was served. */
export function valueOf<T>(reply: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }): T {
  if (!reply.ok) throw new Error(`${reply.problem.code}: ${reply.problem.message}`)
  return reply.value
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
}

/** Asks again until the answer is as wanted. Fails by the test's own time-out. */
export async function until<T>(look: () => T | Promise<T>, wanted: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look()
    if (wanted(found)) return found
    await new Promise((resume) => setTimeout(resume, 10))
  }
}

/** A customer and two queues, one of them restricted, that cases can be opened for. */
export async function furnish(desk: TestDesk) {
  const customer = makeCustomer({ id: randomUUID() as never })
  const open = makeQueue({ id: randomUUID() as QueueId, name: 'Cloud' })
  const restricted = makeQueue({ id: randomUUID() as QueueId, name: 'Security', restricted: true })
  await desk.save({ kind: 'customer', id: customer.id }, customer)
  await desk.save({ kind: 'queue', id: open.id }, open)
  await desk.save({ kind: 'queue', id: restricted.id }, restricted)
  return { customer, open, restricted }
}
