import type { RecordRef } from '#shared/domain/record.ts'
import type { BoardRecord, Connection, EngineState } from '../engine-api.ts'
import type { RecordKey } from './board.ts'
import type { Core } from './core.ts'
import { numbersLeft } from './leases.ts'
import { MESSAGES } from './messages.ts'
import { timelinesRebased } from './timelines.ts'

/** Records in one message: small enough that a window stays fluid while a whole desk comes in. */
const SLICE = 500

/** Ends an input: replays pending work where the base changed and tells the windows what looks different, then the state if it changed. */
export function tellWindows(core: Core): void {
  const changed = new Set(core.shown)
  if (core.queueChanged || core.baseReplaced) for (const key of core.board.rebase('all')) changed.add(key)
  if (core.touched.size > 0)
    for (const key of core.queueChanged || core.baseReplaced ? core.touched : core.board.rebase(core.touched)) changed.add(key)
  if (core.baseReplaced) tellWholeBoard(core, 'all')
  else {
    tellChanged(core, changed)
    if (core.completed) tellComplete(core)
  }
  timelinesRebased(core, changed)
  core.shown = []
  core.touched = new Set()
  core.queueChanged = false
  core.baseReplaced = false
  core.completed = false
  if (core.stateChanged) {
    core.stateChanged = false
    core.do({ type: 'tell', window: 'all', message: { type: 'state', state: engineState(core) } })
  }
}

/** Shows a window everything: a reset, then the rest in slices. */
export function tellWholeBoard(core: Core, window: number | 'all'): void {
  let slice: BoardRecord[] = []
  let reset = true
  const send = (complete: boolean) => {
    core.do({ type: 'tell', window, message: { type: 'board', reset, raw: null, records: slice, gone: [], complete } })
    reset = false
    slice = []
  }
  if (core.identity?.me) {
    for (const record of core.board.records()) {
      if (slice.length === SLICE) send(false)
      slice.push(record)
    }
  }
  send(core.complete)
}

/** The last records of a load are in. */
function tellComplete(core: Core): void {
  core.do({ type: 'tell', window: 'all', message: { type: 'board', reset: false, raw: null, records: [], gone: [], complete: true } })
}

/** A new window is told where everything stands. */
export function tellWindow(core: Core, window: number): void {
  core.do({ type: 'tell', window, message: { type: 'state', state: engineState(core) } })
  core.do({ type: 'tell', window, message: { type: 'presences', presences: core.presences } })
}

/** What looks different now, also to pending work shown on it. */
function tellChanged(core: Core, keys: Iterable<RecordKey>): void {
  if (!core.identity?.me) return
  let records: BoardRecord[] = []
  let gone: RecordRef[] = []
  const send = () => {
    core.do({ type: 'tell', window: 'all', message: { type: 'board', reset: false, raw: null, records, gone, complete: core.complete } })
    records = []
    gone = []
  }
  for (const key of keys) {
    const record = core.board.record(key)
    if (record) records.push(record)
    else gone.push(refOf(key))
    if (records.length + gone.length === SLICE) send()
  }
  if (records.length + gone.length > 0) send()
}

function engineState(core: Core): EngineState {
  const me = core.identity?.me ?? null
  const mine = core.myConsole()
  return {
    lock: { state: 'open' },
    me,
    connection: connectionOf(core),
    clock: { offset: core.clock.offset, uncertainty: core.clock.uncertainty(core.at) },
    numbersLeft: mine ? numbersLeft(mine.blocks) : 0,
    attention: [...core.attention.values()]
      .filter((row) => row.command.actorId === me?.id && row.deskId === core.identity?.deskId)
      .flatMap((row) =>
        row.answer.outcome === 'refused'
          ? [{ command: row.command, refusal: row.answer.refusal, overtakenBy: row.answer.overtakenBy, refusedAt: row.refusedAt }]
          : []
      ),
    waitingForOthers: waitingForOthers(core),
    storage: core.storage,
    desk: core.desk
  }
}

function connectionOf(core: Core): Connection {
  if (core.phase === 'superseded') return { state: 'signedOut', problem: MESSAGES.superseded }
  if (core.phase === 'waiting') return { state: 'starting' }
  const mine = core.myConsole()
  const pending = mine ? core.outbox.waiting(mine.consoleId) : 0
  if (!core.identity?.me || !core.credentials) {
    const known = core.identity?.me ?? null
    // Without a session work goes on offline; once the server answers, it is the sign-in that is missing.
    if (known && core.signedOutBecause === null && !core.desk)
      return { state: 'offline', since: core.linkSince ?? core.now(), pending, nextTryAt: null }
    return { state: 'signedOut', problem: core.signedOutBecause ?? (known ? MESSAGES.sessionEnded : null) }
  }
  const since = core.linkSince ?? core.now()
  switch (core.link.at) {
    case 'up':
      return catchingUp(core, pending) ?? { state: 'live', since, pending }
    case 'handingIn':
      return { state: 'mustUpdate', message: core.link.message, pending }
    case 'resting':
      return core.attempt <= 1
        ? { state: 'connecting', since, pending }
        : { state: 'offline', since, pending, nextTryAt: Math.round(core.link.until + core.clock.offset) as typeof since }
    case 'idle':
    case 'refreshing':
    case 'opening':
    case 'greeting':
      return core.attempt <= 1 ? { state: 'connecting', since, pending } : { state: 'offline', since, pending, nextTryAt: null }
  }
}

/** More behind than a page or two is worth a count. */
const FAR_BEHIND = 200

function catchingUp(core: Core, pending: number): Connection | null {
  if (core.loading)
    return { state: 'catchingUp', done: core.loading.received, total: Math.max(core.loading.total, core.loading.received), pending }
  const behind = core.head && core.replica ? core.head.revision - core.replica.cursor.revision : 0
  return core.catchUpFrom !== null && core.head && core.replica && behind > FAR_BEHIND
    ? { state: 'catchingUp', done: core.replica.cursor.revision - core.catchUpFrom, total: core.head.revision - core.catchUpFrom, pending }
    : null
}

function waitingForOthers(core: Core): EngineState['waitingForOthers'] {
  const mine = core.myConsole()?.consoleId
  return [...core.outbox.waitingByConsole()]
    .filter(([consoleId, commands]) => commands > 0 && consoleId !== mine)
    .map(([consoleId, commands]) => {
      const row = core.consoles.get(consoleId)
      return { actorId: row?.actorId ?? consoleId, name: row?.name ?? '', commands }
    })
}

function refOf(key: RecordKey): RecordRef {
  const colon = key.indexOf(':')
  return { kind: key.slice(0, colon) as RecordRef['kind'], id: key.slice(colon + 1) }
}
