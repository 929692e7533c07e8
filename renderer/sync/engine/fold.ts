import type { RecordImage } from '#shared/domain/record.ts'
import type { RecordKey } from './board.ts'
import type { Core, Replica } from './core.ts'
import { REBUILD_TIMER, clearNotice, writeReplica, writeVault } from './disk.ts'
import { cursorRow } from './fuzzy.ts'
import { chunkKey } from './load.ts'
import type { ReplicaManifestRow } from './rows.ts'
import { put, remove } from './store-op.ts'
import type { StoreOp } from './store-op.ts'
import { stretchKey } from './stretch.ts'
import type { TimelineEntry } from '#shared/protocol/timeline.ts'
import { LIMITS } from '#shared/protocol/version.ts'

/** Rows beside the chunks from which on folding is worth it, and chunks written in one go. */
const WORTH_IT = 500
const CHUNKS_AT_ONCE = 4

/**
 * Folds what lies beside the chunks into them: rows into the chunks that hold them, new records into new chunks, the facts of pages into the
 * timelines. Each step is one write, so that a start finds the disk before it or after it (SYNC-10). What may not be seen any more goes
 * first and at once.
 */
export function pumpFold(core: Core, idle: boolean): void {
  const { replica } = core
  if (!replica || core.folding || core.loading || core.reading || !core.replicaWritable || core.cramped) return
  if (!core.foldSoon && !core.rebuilding && !(idle && core.tail.size + core.pages.size >= WORTH_IT)) return
  const chunks = foldRecords(core, replica)
  const ops = [...chunks.ops, ...foldFacts(core)]
  core.foldSoon = core.foldSoon && holdsGone(core)
  if (ops.length === 0) return finishRebuild(core)
  core.replica = { ...replica, chunks: chunks.chunks }
  core.folding = true
  const manifest: ReplicaManifestRow = {
    complete: !core.rebuilding,
    resume: null,
    received: 0,
    total: 0,
    chunks: Object.fromEntries(chunks.chunks)
  }
  writeReplica(core, replica.generation, [...ops, put('meta', 'manifest', manifest)], 'relaxed', [{ do: 'folded' }])
}

/** A step is on the disk; returns whether another is due now. */
export function foldWritten(core: Core): boolean {
  core.folding = false
  return core.foldSoon || core.rebuilding || core.tail.size >= WORTH_IT
}

/**
 * Writes the base anew as another generation, from memory: the disk lost the one in use or could not take all of it. To the fold, all
 * records then lie beside chunks that do not exist yet. A start keeps to the old generation until the last chunk is written.
 */
export function rebuildReplica(core: Core): void {
  const { replica, identity } = core
  if (!replica || !identity) return
  if (core.loading || core.cramped) return core.do({ type: 'setTimer', timer: REBUILD_TIMER, delay: 30_000 })
  const generation = identity.lastGeneration + 1
  core.identity = { ...identity, lastGeneration: generation }
  writeVault(core, [put('identity', 'current', core.identity)])
  for (const entry of core.outbox.uncovered()) {
    const { progress } = entry
    if (progress.at !== 'accepted') continue
    writeVault(core, [core.outbox.change(entry.command.id, { progress: { ...progress, generation } })])
  }
  core.replica = { ...replica, generation, chunks: new Map() }
  core.chunkOf = new Map()
  core.tail = new Set(core.board.base.keys())
  core.pages = new Set()
  core.stretches = new Map()
  core.replicaWritable = true
  core.rebuilding = true
  core.folding = false
  writeReplica(core, generation, [put('meta', 'cursor', cursorRow(core.replica))])
  pumpFold(core, true)
}

function finishRebuild(core: Core): void {
  const { replica } = core
  if (!replica || !core.rebuilding) return
  core.rebuilding = false
  const manifest: ReplicaManifestRow = { complete: true, resume: null, received: 0, total: 0, chunks: Object.fromEntries(replica.chunks) }
  const { generation } = replica
  writeReplica(core, generation, [put('meta', 'manifest', manifest), put('meta', 'cursor', cursorRow(replica))], 'strict', [
    { do: 'loaded', generation }
  ])
  if (core.storage?.problem === 'full' || core.storage?.problem === 'evicted') clearNotice(core)
}

function holdsGone(core: Core): boolean {
  for (const key of core.tail) if (core.chunkOf.has(key) && !core.board.base.has(key)) return true
  return false
}

function foldRecords(core: Core, replica: Replica): { readonly ops: readonly StoreOp[]; readonly chunks: ReadonlyMap<string, number> } {
  const chunks = new Map(replica.chunks)
  const ops: StoreOp[] = []
  const dirty = dirtyChunks(core)
  const members = membersOf(core, new Set(dirty))
  for (const chunk of dirty) {
    const keys = members.get(chunk) ?? []
    const images = imagesOf(core, keys)
    for (const key of keys) {
      if (core.tail.delete(key)) ops.push(remove('tail', key))
      if (!core.board.base.has(key)) core.chunkOf.delete(key)
    }
    if (images.length > 0) chunks.set(chunk, images.length)
    else chunks.delete(chunk)
    ops.push(images.length > 0 ? put('chunk', chunk, images) : remove('chunk', chunk))
  }
  if (dirty.length < CHUNKS_AT_ONCE) ops.push(...foldNew(core, chunks))
  return { ops, chunks }
}

/** Records that no chunk holds yet, gone ones among them, of which only the row is left. */
function foldNew(core: Core, chunks: Map<string, number>): readonly StoreOp[] {
  const ops: StoreOp[] = []
  const fresh: RecordKey[] = []
  for (const key of core.tail) {
    if (core.chunkOf.has(key)) continue
    if (core.board.base.has(key)) fresh.push(key)
    else {
      core.tail.delete(key)
      ops.push(remove('tail', key))
    }
  }
  const kinds = Map.groupBy(fresh, (key) => (key.startsWith('case:') ? 'case' : 'directory'))
  for (const keys of kinds.values()) {
    const taken = keys.slice(0, LIMITS.snapshotChunkRecords)
    const images = imagesOf(core, taken)
    const chunk = chunkKey(images, nextIndex(chunks))
    chunks.set(chunk, images.length)
    ops.push(put('chunk', chunk, images))
    for (const key of taken) {
      core.chunkOf.set(key, chunk)
      core.tail.delete(key)
      ops.push(remove('tail', key))
    }
  }
  return ops
}

/** The facts of pages become stretches of their cases' histories; those of cases that left go altogether. */
function foldFacts(core: Core): readonly StoreOp[] {
  if (core.pages.size === 0) return []
  const ops: StoreOp[] = []
  for (const page of core.pages) ops.push(remove('page', page))
  core.pages = new Set()
  for (const [caseId, entries] of core.recent) {
    if (!core.board.base.has(`case:${caseId}`)) continue
    for (const run of runs(entries)) {
      const stretch = { from: run[0]?.version ?? 0, upTo: run.at(-1)?.version ?? 0 }
      core.stretches.set(caseId, [...(core.stretches.get(caseId) ?? []), stretch])
      ops.push(put('timeline', stretchKey(caseId, stretch), run))
    }
  }
  core.recent.clear()
  for (const [caseId, stretches] of core.stretches) {
    if (core.board.base.has(`case:${caseId}`)) continue
    core.stretches.delete(caseId)
    for (const stretch of stretches) ops.push(remove('timeline', stretchKey(caseId, stretch)))
  }
  return ops
}

/** Versions that follow each other; a case that was out of scope for a while leaves a hole. */
function runs(entries: readonly TimelineEntry[]): readonly (readonly TimelineEntry[])[] {
  const found: TimelineEntry[][] = []
  for (const entry of entries) {
    const run = found.at(-1)
    if (run?.at(-1)?.version === entry.version - 1) run.push(entry)
    else found.push([entry])
  }
  return found
}

/** The chunks with rows beside them; those that hold something gone first. */
function dirtyChunks(core: Core): readonly string[] {
  const dirty = new Map<string, number>()
  for (const key of core.tail) {
    const chunk = core.chunkOf.get(key)
    if (chunk === undefined) continue
    dirty.set(chunk, (dirty.get(chunk) ?? 0) + (core.board.base.has(key) ? 1 : 1_000_000))
  }
  return [...dirty]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, CHUNKS_AT_ONCE)
    .map(([chunk]) => chunk)
}

function membersOf(core: Core, chunks: ReadonlySet<string>): ReadonlyMap<string, readonly RecordKey[]> {
  const members = new Map<string, RecordKey[]>()
  for (const [key, chunk] of core.chunkOf) {
    if (!chunks.has(chunk)) continue
    const keys = members.get(chunk)
    if (keys) keys.push(key)
    else members.set(chunk, [key])
  }
  return members
}

function imagesOf(core: Core, keys: readonly RecordKey[]): readonly RecordImage[] {
  return keys.flatMap((key) => core.board.base.get(key) ?? [])
}

function nextIndex(chunks: ReadonlyMap<string, number>): number {
  let highest = -1
  for (const key of chunks.keys()) highest = Math.max(highest, Number(key.slice(1)))
  return highest + 1
}
