import { may } from '#shared/domain/permission/ability.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Hello, Welcome } from '#shared/protocol/hello.ts'
import type { Reply } from '#shared/protocol/problem.ts'
import { COMMAND_SCHEMA, LIMITS, OLDEST_SERVED_PROTOCOL, PROTOCOL_VERSION, REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import { headCursor, standingOf } from './changes.ts'
import type { Clock } from './clock.ts'
import type { ConsoleStanding, DeskStore } from './desk-store.ts'
import { leaseBlocks } from './leases.ts'
import type { LogTail } from './log-tail.ts'
import { problem, served } from './problem.ts'
import type { Visibility } from './visibility.ts'

export type DeskIdentity = { readonly deskId: string; readonly version: string }

/** What a server understands; another build's understanding stands in for it in tests of old and new consoles. */
export type Speaks = {
  readonly protocol: number
  readonly oldestProtocol: number
  readonly commandSchema: number
  readonly replicaSchema: number
}
export const THIS_BUILD: Speaks = {
  protocol: PROTOCOL_VERSION,
  oldestProtocol: OLDEST_SERVED_PROTOCOL,
  commandSchema: COMMAND_SCHEMA,
  replicaSchema: REPLICA_SCHEMA
}

type HelloPorts = {
  readonly store: DeskStore
  readonly tail: LogTail
  readonly clock: Clock
  readonly desk: DeskIdentity
  readonly speaks: Speaks
  readonly reconnectSpread: number
}

export type Welcomed = { readonly reply: Reply<Welcome>; readonly standing: ConsoleStanding | null }

/**
 * Answers a console's first message: where its outbox stands, whether its replica can be continued and, when not, why; with
 * case numbers topped up. A console of another protocol is told what to do; its outbox is served all the same.
 */
export async function welcome(hello: Hello, me: Person, visibility: Visibility, ports: HelloPorts): Promise<Welcomed> {
  const { store, tail, clock, desk, speaks } = ports
  const standing = await store.openConsole({ consoleId: hello.consoleId, personId: me.id }, hello.appVersion, clock.now())
  const misfit = versionProblem(hello, speaks)
  if (misfit) return { reply: misfit, standing }
  const { resume, reason } = await resumption(hello, speaks, visibility, tail)
  const cursor = headCursor(tail)
  if (!cursor) return { reply: problem('unavailable', 'The desk is still being set up. Try again in a moment.', 1_000), standing }
  const leases = may(me.role, 'takeCalls') ? await leaseBlocks(hello.consoleId, hello.numbersLeft, store, clock) : []
  const value: Welcome = {
    serverTime: clock.now(),
    serverVersion: desk.version,
    deskId: desk.deskId,
    me,
    scope: visibility.scope,
    cursor,
    resume,
    reason,
    lastSequence: standing.lastSequence,
    leases: [...leases],
    reconnectSpread: ports.reconnectSpread
  }
  return { reply: served(value), standing }
}

function versionProblem({ protocol, commandSchema }: Hello, speaks: Speaks): ReturnType<typeof problem> | null {
  if (protocol < speaks.oldestProtocol)
    return problem(
      'consoleTooOld',
      'This console is too old for the desk. Work done on it is still taken in; update it to see the desk again.'
    )
  if (protocol > speaks.protocol || commandSchema > speaks.commandSchema)
    return problem(
      'consoleTooNew',
      'This console is newer than the desk. Its work stays on the console until the server is updated.',
      LIMITS.timeProbeEvery
    )
  return null
}

async function resumption(
  { cursor, scope, replicaSchema }: Hello,
  speaks: Speaks,
  visibility: Visibility,
  tail: LogTail
): Promise<Pick<Welcome, 'resume' | 'reason'>> {
  if (cursor === null) return { resume: 'snapshot', reason: 'noReplica' }
  if (replicaSchema !== speaks.replicaSchema) return { resume: 'snapshot', reason: 'schemaChanged' }
  if (scope !== visibility.scope) return { resume: 'snapshot', reason: 'scopeChanged' }
  const standing = await standingOf(cursor, tail)
  return standing === 'current' ? { resume: 'tail', reason: 'current' } : { resume: 'snapshot', reason: standing }
}
