import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Command } from '#shared/domain/command.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Poke } from '#shared/protocol/changes.ts'
import type { Welcome } from '#shared/protocol/hello.ts'
import type { Reply } from '#shared/protocol/problem.ts'
import type { PushReply } from '#shared/protocol/push.ts'
import { Session } from '#shared/protocol/session.ts'
import { SnapshotLineFrame, type SnapshotLine } from '#shared/protocol/snapshot.ts'
import { COMMAND_SCHEMA, PROTOCOL_VERSION, REPLICA_SCHEMA } from '#shared/protocol/version.ts'

/** The bare wire of one console, without an engine: what it takes to put load on a server from one process. */
export type WireConsole = {
  readonly me: string
  readonly token: string
  readonly welcome: Welcome
  readonly socket: Socket
  readonly ask: <T>(name: string, request: unknown) => Promise<T>
  readonly push: (commands: readonly Command[]) => Promise<PushReply>
  /** The next command of this console's queue. */
  readonly command: (type: string, record: Command['record'], payload: Command['payload']) => Command
  readonly onPoke: (listener: (poke: Poke) => void) => void
  readonly close: () => void
}

export type SignedIn = { readonly token: string; readonly me: string }

/** A sign-in is rate-limited per address, so a benchmark signs in once per desk and reuses the token. */
export async function signIn(url: string, name: string): Promise<SignedIn> {
  const response = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: 'ringdown' })
  })
  if (!response.ok) throw new Error(`sign-in as ${name}: ${response.status} ${await response.text()}`)
  const session = Session.parse(await response.json())
  return { token: session.accessToken, me: session.me.id }
}

export async function wireConsole(
  url: string,
  who: SignedIn,
  returning: { readonly consoleId: string; readonly cursor: Welcome['cursor']; readonly scope: string } | null = null
): Promise<WireConsole> {
  const consoleId = returning?.consoleId ?? randomUUID()
  const socket = io(url, { transports: ['websocket'], auth: { token: who.token }, forceNew: true, reconnection: false })
  await new Promise<void>((connected, fail) => socket.once('connect', connected).once('connect_error', fail))
  const ask = async <T>(name: string, request: unknown): Promise<T> => {
    const reply = (await socket.timeout(60_000).emitWithAck(name, request)) as Reply<T>
    if (!reply.ok) throw new Error(`${name}: ${reply.problem.code} ${reply.problem.message}`)
    return reply.value
  }
  const hello = {
    protocol: PROTOCOL_VERSION,
    commandSchema: COMMAND_SCHEMA,
    replicaSchema: REPLICA_SCHEMA,
    appVersion: 'bench',
    consoleId,
    cursor: returning?.cursor ?? null,
    scope: returning?.scope ?? null,
    // Who was here before still holds most of its block; the others only write notes.
    numbersLeft: 20
  }
  const welcome = await ask<Welcome>('hello', hello)
  let sequence = welcome.lastSequence
  return {
    me: who.me,
    token: who.token,
    welcome,
    socket,
    ask,
    push: (commands) => ask<PushReply>('push', { commands }),
    command: (type, record, payload) =>
      ({
        id: randomUUID(),
        consoleId,
        sequence: ++sequence,
        actorId: who.me,
        type,
        schema: COMMAND_SCHEMA,
        record,
        payload,
        occurredAt: Date.now(),
        uncertainty: 50,
        decidedOn: welcome.cursor.revision
      }) as unknown as Command,
    onPoke: (listener) => void socket.on('poke', listener),
    close: () => void socket.disconnect()
  }
}

/** Open cases of the desk, as a snapshot brings them. */
export async function openCases(url: string, token: string, wanted: number): Promise<readonly RecordImage<'case'>[]> {
  const response = await fetch(`${url}/snapshot`, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`snapshot: ${response.status}`)
  const found: RecordImage<'case'>[] = []
  for (const text of (await response.text()).split('\n')) {
    if (!text) continue
    SnapshotLineFrame.parse(JSON.parse(text))
    const line = JSON.parse(text) as SnapshotLine
    if (line.type !== 'chunk' || line.kind !== 'case') continue
    for (const image of line.images)
      if (image.kind === 'case' && image.state && image.state.status !== 'closed' && image.state.status !== 'resolved') found.push(image)
  }
  if (found.length < wanted) throw new Error(`the desk has ${found.length} open cases, ${wanted} are wanted`)
  return found.slice(0, wanted)
}
