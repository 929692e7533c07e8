import { isOpen } from '#shared/domain/case/case.ts'
import type { RecordImage, StateOf } from '#shared/domain/record.ts'
import { maySee } from '#shared/domain/permission/scope.ts'
import type { Welcome } from '#shared/protocol/hello.ts'
import type { SnapshotLine } from '#shared/protocol/snapshot.ts'
import { REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import { backOff } from './back-off.ts'
import { keyOf } from './board.ts'
import type { RecordKey } from './board.ts'
import type { Core, Loading } from './core.ts'
import { fuzzyFrom } from './fuzzy.ts'
import type { Fuzzy } from './fuzzy.ts'
import { notice, writeReplica, writeVault } from './disk.ts'
import { MESSAGES } from './messages.ts'
import { isCovered, showQueue } from './push.ts'
import type { ReplicaCursorRow, ReplicaManifestRow } from './rows.ts'
import { put } from './store-op.ts'
import { clearTimelines, wantTimelines } from './timelines.ts'

const STALL_TIMER = 'snapshot-stall'
const RETRY_TIMER = 'snapshot-retry'
const STALLED_AFTER = 20_000

/**
 * Begins a new generation of the replica from a snapshot (SYNC-10). The one in use stays on the screen until the new one is whole;
 * without one, records are shown as they come. Outbox, attention, drafts and numbers lie in the vault and are not concerned.
 */
export function startLoading(core: Core, reason: Exclude<Welcome['reason'], 'current'>): void {
  if (!core.identity) return
  if (core.loading) stopDownload(core)
  const generation = core.identity.lastGeneration + 1
  const shown = core.board.base.size > 0
  if (reason === 'scopeChanged') dropUnseen(core)
  core.loading = {
    generation,
    download: null,
    begin: null,
    staged: shown ? new Map() : null,
    chunks: new Map(),
    chunkOf: new Map(),
    received: 0,
    total: 0,
    resume: null,
    attempt: 0
  }
  core.identity = { ...core.identity, loading: generation, lastGeneration: generation, replicaSchema: REPLICA_SCHEMA }
  core.replicaWritable = true
  core.complete = false
  writeVault(core, [put('identity', 'current', core.identity)])
  core.stateChanged = true
  download(core, core.loading)
}

/** Continues a load that a closed console left unfinished. */
export function download(core: Core, loading: Loading): void {
  if (core.link.at !== 'up' || !core.credentials || !core.serverUrl) return
  const number = core.next()
  core.loading = { ...loading, download: number }
  core.do({ type: 'startSnapshot', download: number, url: core.serverUrl, token: core.credentials.accessToken, resume: loading.resume })
  core.do({ type: 'setTimer', timer: STALL_TIMER, delay: STALLED_AFTER })
}

/** The link is gone; what was received stays and is continued on the next one. */
export function pauseLoading(core: Core): void {
  if (!core.loading) return
  stopDownload(core)
  core.loading = { ...core.loading, download: null }
}

export function snapshotLine(core: Core, number: number, line: SnapshotLine, raw: string | null): void {
  const { loading } = core
  if (!loading || loading.download !== number) return
  core.do({ type: 'setTimer', timer: STALL_TIMER, delay: STALLED_AFTER })
  core.stateChanged = true
  switch (line.type) {
    case 'begin':
      // From a server node that has yet to hear of the newest rights, or has heard of newer ones than the node of the socket.
      if (core.scope !== null && line.scope !== core.scope) return tryAgain(core, loading)
      // A resumed download begins where the first one began: the tail goes on from there, whatever the newer line says.
      core.loading = {
        ...loading,
        begin: loading.begin ?? { cursor: line.cursor, scope: line.scope },
        total: Math.max(loading.total, line.records)
      }
      return
    case 'chunk':
      return takeChunk(core, loading, line, raw)
    case 'end':
      return finish(core, loading)
  }
}

/** The stream ended before its end. 401 asks for a fresh token; 404 or 410 says that this resume token is not known any more. */
export function snapshotEnded(core: Core, number: number, status: number | null): 'refresh' | 'retry' | null {
  const { loading } = core
  if (!loading || loading.download !== number) return null
  core.do({ type: 'clearTimer', timer: STALL_TIMER })
  core.loading = { ...loading, download: null, attempt: loading.attempt + 1 }
  if (status === 404 || status === 410 || status === 400) startOver(core)
  core.do({ type: 'setTimer', timer: RETRY_TIMER, delay: backOff(core.loading.attempt, core.ports.random) })
  return status === 401 ? 'refresh' : 'retry'
}

/** Whether a timer is one of this file's; if so it is served. */
export function loadTimer(core: Core, timer: string): boolean {
  if (timer === STALL_TIMER) {
    pauseLoading(core)
    if (core.loading) core.do({ type: 'setTimer', timer: RETRY_TIMER, delay: backOff(core.loading.attempt, core.ports.random) })
    return true
  }
  if (timer !== RETRY_TIMER) return false
  if (core.loading && core.loading.download === null) download(core, core.loading)
  return true
}

/** All rows of the new generation are on the medium: from here on a start uses it. */
export function loadWritten(core: Core, generation: number): void {
  if (!core.identity || core.replica?.generation !== generation) return
  core.identity = { ...core.identity, replica: generation, loading: null, scope: core.replica.scope }
  writeVault(core, [put('identity', 'current', core.identity)], [{ do: 'flipped', generation }])
}

/** The start points at the new generation: every other one may go. */
export function loadFlipped(core: Core, generation: number): void {
  core.do({ type: 'keepReplicas', generations: core.loading ? [generation, core.loading.generation] : [generation] })
}

function takeChunk(core: Core, loading: Loading, line: Extract<SnapshotLine, { type: 'chunk' }>, raw: string | null): void {
  if (!loading.begin) return
  const key = chunkKey(line.images, loading.chunks.size)
  const chunks = new Map(loading.chunks).set(key, line.images.length)
  core.loading = { ...loading, chunks, received: loading.received + line.images.length, resume: line.resume, attempt: 0 }
  writeReplica(core, loading.generation, [
    { table: 'chunk', key, value: raw ?? JSON.stringify(line.images) },
    put('meta', 'manifest', manifest(core.loading, false)),
    put('meta', 'cursor', cursorRow(loading.begin, null))
  ])
  for (const image of line.images) loading.chunkOf.set(keyOf(image), key)
  if (loading.staged) {
    for (const image of line.images) loading.staged.set(keyOf(image), image)
    return
  }
  for (const image of line.images) core.board.take(image)
  showChunk(core, line.images, raw)
}

/** Shows a chunk as it came when nothing pending lies on it: text crosses to the windows without being cloned. */
export function showChunk(core: Core, images: readonly RecordImage[], raw: string | null): void {
  if (!core.identity?.me) return
  // Pending commands read the directory: where it arrives they are replayed, so that own work shows before the load is done.
  const { hasQueue } = core.board
  const readByPending = hasQueue && images.some((image) => image.kind !== 'case')
  const shadowed = (image: RecordImage) => image.state === null || (hasQueue && core.board.hasPending(keyOf(image)))
  const plain = raw !== null && !readByPending && !images.some(shadowed)
  if (!plain) return core.touch(images.map(keyOf))
  core.do({ type: 'tell', window: 'all', message: { type: 'board', reset: false, raw, records: [], gone: [], complete: false } })
}

function finish(core: Core, loading: Loading): void {
  if (!loading.begin || !core.identity) return
  core.do({ type: 'clearTimer', timer: STALL_TIMER })
  const { begin, generation } = loading
  if (loading.staged) {
    core.board.replaceBase(loading.staged)
    core.baseReplaced = true
  }
  core.tail = new Set()
  core.pages = new Set()
  core.chunkOf = loading.chunkOf
  core.loading = null
  const fuzzy = fuzzyFrom(core, begin.cursor)
  core.replica = { generation, cursor: begin.cursor, scope: begin.scope, included: new Set(), fuzzy, chunks: loading.chunks }
  core.complete = true
  core.completed = true
  core.stateChanged = true
  clearTimelines(core)
  markCovered(core)
  showQueue(core)
  wantTimelines(core)
  writeReplica(
    core,
    generation,
    [put('meta', 'manifest', manifest(loading, true)), put('meta', 'cursor', cursorRow(begin, fuzzy))],
    'strict',
    [{ do: 'loaded', generation }]
  )
}

function markCovered(core: Core): void {
  for (const entry of core.outbox.uncovered()) {
    if (entry.progress.at !== 'accepted' || !isCovered(core, entry.progress.generation, entry.progress.answer.revision)) continue
    core.outbox.change(entry.command.id, { covered: true })
  }
}

function tryAgain(core: Core, loading: Loading): void {
  stopDownload(core)
  core.loading = { ...loading, download: null, attempt: loading.attempt + 1 }
  core.do({ type: 'setTimer', timer: RETRY_TIMER, delay: backOff(core.loading.attempt, core.ports.random) })
}

/** A resume token that the server does not know: what was received is worth nothing without the rest. */
function startOver(core: Core): void {
  if (!core.loading) return
  const generation = (core.identity?.lastGeneration ?? core.loading.generation) + 1
  if (core.identity) core.identity = { ...core.identity, loading: generation, lastGeneration: generation }
  if (!core.loading.staged) {
    core.board.replaceBase(new Map())
    core.baseReplaced = true
  }
  core.loading = {
    ...core.loading,
    generation,
    begin: null,
    staged: core.loading.staged ? new Map() : null,
    chunks: new Map(),
    chunkOf: new Map(),
    received: 0,
    total: 0,
    resume: null
  }
  if (core.identity) writeVault(core, [put('identity', 'current', core.identity)])
}

/** A narrower scope takes effect on the screen before the new replica is there. */
function dropUnseen(core: Core): void {
  const me = core.identity?.me
  if (!me) return
  const leaving: RecordKey[] = []
  for (const [key, image] of core.board.base) {
    if (image.state !== null && !maySee(me, { kind: image.kind, state: image.state }, core.board.directory)) leaving.push(key)
  }
  for (const key of leaving) core.board.base.delete(key)
  core.touch(leaving)
}

function stopDownload(core: Core): void {
  if (core.loading && core.loading.download !== null) core.do({ type: 'stopSnapshot', download: core.loading.download })
  core.do({ type: 'clearTimer', timer: STALL_TIMER })
  core.do({ type: 'clearTimer', timer: RETRY_TIMER })
}

/** Chunks are read in the order of their keys: directory, cases that were open, the rest. */
export function chunkKey(images: readonly RecordImage[], index: number): string {
  const first = images[0]
  const rank = first?.kind !== 'case' ? 'a' : first.state && isOpen((first.state as StateOf['case']).status) ? 'b' : 'c'
  return `${rank}${String(index).padStart(6, '0')}`
}

function manifest(loading: Loading, complete: boolean): ReplicaManifestRow {
  return { complete, resume: loading.resume, received: loading.received, total: loading.total, chunks: Object.fromEntries(loading.chunks) }
}

function cursorRow(begin: NonNullable<Loading['begin']>, fuzzy: Fuzzy | null): ReplicaCursorRow {
  return { cursor: begin.cursor, scope: begin.scope, included: [], fuzzy }
}

/** Tells people that a damaged copy is being replaced. */
export function replicaDamaged(core: Core): void {
  notice(core, 'corruptChunk', MESSAGES.replicaDamaged)
}
