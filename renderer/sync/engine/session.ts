import { Session } from '#shared/protocol/session.ts'
import { DeskInfo } from '#shared/protocol/session.ts'
import { scopeKey } from '#shared/domain/permission/scope.ts'
import { REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import { consoleIdFor } from './console-id.ts'
import type { Asker, Call, Core } from './core.ts'
import { writeVault } from './disk.ts'
import { pauseLoading } from './load.ts'
import { MESSAGES } from './messages.ts'
import { showQueue } from './push.ts'
import { readReplica } from './replica-boot.ts'
import type { Credentials } from './rows.ts'
import { put } from './store-op.ts'
import { clearTimelines } from './timelines.ts'
import { dropLink, endLink } from './wire.ts'

const CALL_TIMER = 'call'
export const DESK_TIMER = 'desk'
const DESK_AGAIN = 15_000
const CALL_TIMEOUT = 15_000
/** An access token this close to its end is renewed before it is used. */
const RENEW_BEFORE = 30_000

/** Asks who this server is; the sign-in screen shows it and the console's identity at this desk depends on it. */
export function askDesk(core: Core): void {
  if (!core.serverUrl || core.desk || isCalling(core, 'desk')) return
  call(core, { for: 'desk', signIn: null }, 'GET', '/desk', null, null)
}

/** Somebody without a session waits for the server: it is asked again until it answers. */
function askDeskLater(core: Core): void {
  if (!core.desk && !core.credentials) core.do({ type: 'setTimer', timer: DESK_TIMER, delay: DESK_AGAIN })
}

/** Signs in with a local account. Which desk it is has to be known first: it is part of who this console is. */
export function signIn(core: Core, asker: Asker, name: string, password: string): void {
  if (!core.serverUrl) return core.answer(asker, { ok: false, problem: MESSAGES.noServer })
  if (!core.desk) return call(core, { for: 'desk', signIn: { asker, name, password } }, 'GET', '/desk', null, null)
  call(core, { for: 'signIn', asker }, 'POST', '/session', null, { name, password })
}

/** Forgets the session and hides the desk. Outbox, attention and drafts stay on this computer for their owner. */
export function signOut(core: Core, asker: Asker | null, because: string | null): void {
  const { credentials } = core
  if (credentials && core.serverUrl)
    call(core, { for: 'signOut' }, 'DELETE', '/session', credentials.accessToken, { refreshToken: credentials.refreshToken })
  pauseLoading(core)
  endLink(core)
  core.signedOutBecause = because
  setCredentials(core, null)
  hideDesk(core)
  if (core.identity) {
    core.identity = { ...core.identity, me: null }
    writeVault(core, [put('identity', 'current', core.identity)], asker ? [{ do: 'answer', asker, answer: { ok: true } }] : [])
  } else if (asker) core.answer(asker, { ok: true })
}

/** Whether the access token can be used now; otherwise a new one is on its way or nobody can get one. */
export function tokenReady(core: Core): 'ready' | 'renewing' | 'none' {
  const { credentials } = core
  if (!credentials) return 'none'
  // A token just issued is good, whatever a wall clock that was never measured against the server says.
  if (!core.tokenRefused && (core.tokenFresh || credentials.accessExpiresAt - core.now() > RENEW_BEFORE)) return 'ready'
  if (!isCalling(core, 'refresh'))
    call(core, { for: 'refresh' }, 'POST', '/session/refresh', null, { refreshToken: credentials.refreshToken })
  return 'renewing'
}

/** Returns `connect` when the link may be tried now. */
export function httpReplied(core: Core, number: number, status: number, body: unknown): 'connect' | null {
  const done = takeCall(core, number)
  switch (done?.for) {
    case undefined:
    case 'signOut':
      return null
    case 'desk': {
      const desk = DeskInfo.safeParse(body)
      if (status === 200 && desk.success) {
        core.desk = desk.data
        core.stateChanged = true
      }
      askDeskLater(core)
      if (done.signIn && core.desk) signIn(core, done.signIn.asker, done.signIn.name, done.signIn.password)
      else if (done.signIn) core.answer(done.signIn.asker, { ok: false, problem: MESSAGES.signInFailed })
      return null
    }
    case 'signIn':
      return signedIn(core, done.asker, status, body)
    case 'refresh':
      return refreshed(core, status, body)
  }
}

export function httpFailed(core: Core, number: number): void {
  const failed = takeCall(core, number)
  if (failed?.for === 'desk') askDeskLater(core)
  if (failed?.for === 'desk' && failed.signIn) core.answer(failed.signIn.asker, { ok: false, problem: MESSAGES.noServer })
  if (failed?.for === 'signIn') core.answer(failed.asker, { ok: false, problem: MESSAGES.noServer })
  if (failed?.for === 'refresh') dropLink(core)
}

/** The call whose time-out this timer is; null when it is another timer. */
export function timedOutCall(core: Core, timer: string): number | null {
  if (!timer.startsWith(`${CALL_TIMER}:`)) return null
  const number = Number(timer.slice(CALL_TIMER.length + 1))
  return core.calls.has(number) ? number : null
}

/** Makes the console row of the signed-in person, if this computer has none yet. */
export function ensureConsole(core: Core): void {
  const { identity } = core
  if (!identity?.me || core.myConsole()) return
  const consoleId = consoleIdFor(core.installId, identity.me.id, identity.deskId)
  const row = { consoleId, deskId: identity.deskId, actorId: identity.me.id, name: identity.me.name, answered: 0, epoch: null, blocks: [] }
  core.consoles.set(consoleId, row)
  writeVault(core, [put('console', consoleId, row)])
}

function signedIn(core: Core, asker: Asker, status: number, body: unknown): 'connect' | null {
  const session = Session.safeParse(body)
  if (status !== 200 || !session.success) {
    const problem =
      status === 401 || status === 403 ? MESSAGES.wrongPassword : status === 429 ? MESSAGES.tooManyTries : MESSAGES.signInFailed
    core.answer(asker, { ok: false, problem })
    return null
  }
  if (!core.desk) {
    core.answer(asker, { ok: false, problem: MESSAGES.signInFailed })
    return null
  }
  const { deskId } = core.desk
  const before = core.identity
  const { me } = session.data
  setCredentials(core, { ...session.data, deskId })
  core.signedOutBecause = null
  core.tokenRefused = false
  core.tokenFresh = true
  const sameDesk = before?.deskId === deskId
  const keepsReplica = sameDesk && before.replicaSchema === REPLICA_SCHEMA && (before.scope === null || before.scope === scopeKey(me))
  const changesPerson = before?.me?.id !== me.id || !keepsReplica
  core.identity = {
    deskId,
    me,
    scope: keepsReplica ? before.scope : null,
    replica: keepsReplica ? before.replica : null,
    loading: keepsReplica ? before.loading : null,
    lastGeneration: before?.lastGeneration ?? 0,
    replicaSchema: REPLICA_SCHEMA,
    clock: before?.clock ?? null
  }
  if (changesPerson) {
    hideDesk(core)
    if (keepsReplica) readReplica(core)
  }
  ensureConsole(core)
  showQueue(core)
  writeVault(core, [put('identity', 'current', core.identity)], [{ do: 'answer', asker, answer: { ok: true } }])
  core.stateChanged = true
  endLink(core)
  return 'connect'
}

/** A refresh that was turned down ends the session, not the work: the desk stays on the screen and changes wait for a new sign-in. */
function refreshed(core: Core, status: number, body: unknown): 'connect' | null {
  const session = Session.safeParse(body)
  if (status === 200 && session.success && core.credentials) {
    setCredentials(core, { ...session.data, deskId: core.credentials.deskId })
    core.tokenRefused = false
    core.tokenFresh = true
    return 'connect'
  }
  if (status === 401 || status === 403) {
    setCredentials(core, null)
    core.signedOutBecause = MESSAGES.sessionEnded
    endLink(core)
  } else dropLink(core)
  return null
}

function setCredentials(core: Core, credentials: Credentials | null): void {
  core.credentials = credentials
  // A renewal still on its way is of the session before: its answer must not become this person's.
  for (const [number, { for: purpose }] of core.calls) if (purpose === 'refresh') takeCall(core, number)
  core.do({ type: 'saveCredentials', value: credentials ? JSON.stringify(credentials) : null })
  core.stateChanged = true
}

/** Nothing of the desk stays on the screen or in memory. */
function hideDesk(core: Core): void {
  core.board.replaceBase(new Map())
  core.board.setQueue(null, [])
  core.replica = null
  core.reading = null
  core.loading = null
  core.head = null
  core.tail = new Set()
  core.pages = new Set()
  core.chunkOf = new Map()
  core.complete = false
  core.baseReplaced = true
  core.presences = []
  clearTimelines(core)
}

function isCalling(core: Core, purpose: Call['for']): boolean {
  for (const one of core.calls.values()) if (one.for === purpose) return true
  return false
}

function call(core: Core, purpose: Call, method: 'GET' | 'POST' | 'DELETE', path: string, token: string | null, body: unknown): void {
  if (!core.serverUrl) return
  const number = core.next()
  core.calls.set(number, purpose)
  core.do({ type: 'callHttp', call: number, url: core.serverUrl, method, path, token, body })
  core.do({ type: 'setTimer', timer: `${CALL_TIMER}:${number}`, delay: CALL_TIMEOUT })
}

function takeCall(core: Core, number: number): Call | undefined {
  const found = core.calls.get(number)
  core.calls.delete(number)
  if (found) core.do({ type: 'clearTimer', timer: `${CALL_TIMER}:${number}` })
  return found
}
