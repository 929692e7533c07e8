import { Welcome } from '#shared/protocol/hello.ts'
import type { Problem } from '#shared/protocol/problem.ts'
import { TimeReply } from '#shared/protocol/time.ts'
import { COMMAND_SCHEMA, LIMITS, PROTOCOL_VERSION, REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import type { Core } from './core.ts'
import { writeVault } from './disk.ts'
import type { LinkEnd } from './input.ts'
import { isDoubtful } from './fuzzy.ts'
import { addLeases, numbersLeft } from './leases.ts'
import { download, pauseLoading, startLoading } from './load.ts'
import { MESSAGES } from './messages.ts'
import { askAgain, isCovered, putBack, setAnswered, showQueue } from './push.ts'
import type { ConsoleRow } from './rows.ts'
import { signOut, tokenReady } from './session.ts'
import { put } from './store-op.ts'
import { RECONNECT_TIMER, dropLink, isOutstanding, request } from './wire.ts'

const OPENING_TIMER = 'opening'
export const PROBE_TIMER = 'probe'
/** The first probes come quickly, so that the clock is known soon after a start. */
const FIRST_PROBES = 4
const FIRST_PROBES_EVERY = 250

/** Opens a link when somebody is signed in, there is a server and none is open or resting. */
export function connect(core: Core): void {
  if (core.phase !== 'running' || !core.serverUrl || !core.identity?.me || core.reading) return
  if (core.link.at !== 'idle' && core.link.at !== 'refreshing') return
  const token = tokenReady(core)
  if (token === 'none') return
  core.stateChanged = true
  if (token === 'renewing') {
    core.link = { at: 'refreshing' }
    return
  }
  if (!core.credentials) return
  const link = core.next()
  core.link = { at: 'opening', link }
  core.do({ type: 'openLink', link, url: core.serverUrl, token: core.credentials.accessToken })
  core.do({ type: 'setTimer', timer: OPENING_TIMER, delay: LIMITS.requestTimeout })
}

export function linkOpened(core: Core, link: number): void {
  if (core.link.at !== 'opening' || core.link.link !== link) return
  core.do({ type: 'clearTimer', timer: OPENING_TIMER })
  core.link = { at: 'greeting', link }
  const mine = core.myConsole()
  if (!mine) return dropLink(core)
  const begun = core.loading?.begin ?? null
  const at = begun ?? core.replica
  request(
    core,
    'hello',
    {
      protocol: PROTOCOL_VERSION,
      commandSchema: COMMAND_SCHEMA,
      replicaSchema: REPLICA_SCHEMA,
      appVersion: core.appVersion,
      consoleId: mine.consoleId as Parameters<typeof request<'hello'>>[2]['consoleId'],
      cursor: at?.cursor ?? null,
      scope: at?.scope ?? null,
      numbersLeft: numbersLeft(mine.blocks)
    },
    { for: 'hello' }
  )
}

export function linkClosed(core: Core, link: number, reason: LinkEnd): void {
  if (!('link' in core.link) || core.link.link !== link) return
  core.do({ type: 'clearTimer', timer: OPENING_TIMER })
  if (reason === 'unauthenticated') core.tokenRefused = true
  pauseLoading(core)
  dropLink(core)
}

/** The desk's answer to hello: where it stands, what it knows of this console, who its person is now. */
export function welcomed(core: Core, sentMono: number, value: unknown): void {
  const read = Welcome.safeParse(value)
  const mine = core.myConsole()
  if (!read.success || !core.identity || !mine || core.link.at !== 'greeting') return giveUp(core)
  const welcome = read.data
  if (welcome.deskId !== core.identity.deskId || welcome.me.id !== core.identity.me?.id) return signOut(core, null, MESSAGES.sessionEnded)
  core.clock.sample(sentMono, core.at.mono, welcome.serverTime)
  core.tokenFresh = false
  core.link = { at: 'up', link: core.link.link }
  core.linkSince = core.now()
  core.attempt = 0
  core.spread = welcome.reconnectSpread
  core.head = welcome.cursor
  core.scope = welcome.scope
  core.stateChanged = true
  core.probesLeft = FIRST_PROBES
  core.identity = { ...core.identity, me: welcome.me, clock: core.clock.remember(core.at) }
  const row = { ...mine, name: welcome.me.name, epoch: welcome.cursor.epoch, blocks: [...addLeases(mine.blocks, welcome.leases)] }
  core.consoles.set(row.consoleId, row)
  writeVault(core, [put('identity', 'current', core.identity), put('console', row.consoleId, row)])
  doubtAnswers(core, mine, welcome)
  // Rights may have changed: what is pending is replayed as who its person is now.
  showQueue(core)
  putBack(core, row.consoleId, welcome.lastSequence)
  setAnswered(core, row, welcome.lastSequence)
  resume(core, welcome)
  if (core.presenceReport) request(core, 'presence', core.presenceReport, { for: 'presence' })
  probe(core)
}

/**
 * The highest sequence alone does not tell what a restored desk knows: its backup may come from a future in which other commands had these
 * sequences. What was answered within the replica that goes on is certain; after anything else it is asked for again.
 */
function doubtAnswers(core: Core, before: ConsoleRow, welcome: Welcome): void {
  if (before.epoch === null || (before.epoch === welcome.cursor.epoch && welcome.reason !== 'epochEnded')) return
  const upTo = welcome.resume === 'tail' ? (core.replica?.cursor.revision ?? 0) : 0
  askAgain(core, before.consoleId, ({ progress, covered }) => {
    if (upTo === 0) return true
    return progress.at === 'accepted' ? !covered : progress.at === 'refused' && progress.answer.revision > upTo
  })
}

/** Hello was turned down. A server that is too new still takes the outbox: the work of weeks is not lost to an upgrade. */
export function helloRefused(core: Core, problem: Problem): void {
  if (core.link.at !== 'greeting') return
  switch (problem.code) {
    case 'consoleTooOld':
      core.link = { at: 'handingIn', link: core.link.link, message: problem.message || MESSAGES.mustUpdate }
      core.stateChanged = true
      return
    case 'unauthenticated':
      core.tokenRefused = true
      return dropLink(core)
    case 'notPermitted':
    case 'wrongOwner':
      return signOut(core, null, problem.message)
    case 'badRequest':
    case 'consoleTooNew':
    case 'busy':
    case 'unavailable':
    case 'rateLimited':
    case 'notFound':
      return dropLink(core, problem.retryAfter ?? 0)
  }
}

/** A request got no answer in time: the link is as good as dead (SYNC-6). */
export function giveUp(core: Core): void {
  pauseLoading(core)
  dropLink(core)
}

export function draining(core: Core, spread: number): void {
  core.spread = Math.max(core.spread, spread)
}

/** Time jumped: what was measured is worth nothing, also what is being measured just now. */
export function measureAgain(core: Core): void {
  core.probesLeft = FIRST_PROBES
  probe(core)
}

/** Measures the clock, and with it whether the link still carries anything. */
export function probe(core: Core): void {
  if (core.link.at !== 'up') return
  if (!isOutstanding(core, 'time')) request(core, 'time', {}, { for: 'time' })
  core.probesLeft = Math.max(0, core.probesLeft - 1)
  core.do({ type: 'setTimer', timer: PROBE_TIMER, delay: core.probesLeft > 0 ? FIRST_PROBES_EVERY : LIMITS.timeProbeEvery })
}

export function timeAnswered(core: Core, sentMono: number, value: unknown): void {
  const reply = TimeReply.safeParse(value)
  if (!reply.success) return
  const before = core.clock.offset
  core.clock.sample(sentMono, core.at.mono, reply.data.serverTime)
  if (Math.abs(core.clock.offset - before) >= 1 || core.probesLeft > 0) core.stateChanged = true
  if (core.identity && core.probesLeft === 0) {
    core.identity = { ...core.identity, clock: core.clock.remember(core.at) }
    writeVault(core, [put('identity', 'current', core.identity)])
  }
}

/** Whether a timer is one of this file's; if so it is served. */
export function linkTimer(core: Core, timer: string): boolean {
  switch (timer) {
    case RECONNECT_TIMER:
      if (core.link.at === 'resting') core.link = { at: 'idle' }
      connect(core)
      return true
    case OPENING_TIMER:
      if (core.link.at === 'opening') giveUp(core)
      return true
    case PROBE_TIMER:
      probe(core)
      return true
    default:
      return false
  }
}

/** The replica goes on: what was to show up in one that never came to be, a load or rebuilding cut short, shows up in this one. */
function expectHere(core: Core): void {
  const { replica } = core
  if (!replica) return
  const done = new Set<string>()
  for (const { command, progress } of core.outbox.uncovered()) {
    if (progress.at !== 'accepted' || progress.generation <= replica.generation) continue
    const covered = isCovered(core, replica.generation, progress.answer.revision)
    if (covered) done.add(command.id)
    writeVault(core, [core.outbox.change(command.id, { progress: { ...progress, generation: replica.generation }, covered })])
  }
  core.touch(core.board.retire(done))
}

function resume(core: Core, welcome: Welcome): void {
  // What was read while a desk was another one must not be gone on with.
  if (core.loading?.begin && core.loading.begin.cursor.epoch !== welcome.cursor.epoch) return startLoading(core, 'epochEnded')
  if (!core.loading && core.replica && isDoubtful(core.replica, welcome.cursor)) return startLoading(core, 'epochEnded')
  if (welcome.resume === 'tail' && (core.loading?.begin || core.replica)) {
    if (core.loading) download(core, core.loading)
    else expectHere(core)
    return
  }
  if (core.loading && !core.loading.begin && core.loading.received === 0) return download(core, core.loading)
  startLoading(core, welcome.reason === 'current' ? 'noReplica' : welcome.reason)
}
