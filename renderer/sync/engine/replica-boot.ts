import type { RecordImage } from '#shared/domain/record.ts'
import { REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import { keyOf } from './board.ts'
import type { Core } from './core.ts'
import { notice } from './disk.ts'
import { replicaDamaged, showChunk } from './load.ts'
import { MESSAGES } from './messages.ts'
import { isCovered, showQueue } from './push.ts'
import { ReplicaCursorRow, ReplicaManifestRow } from './rows.ts'
import type { StoredRow } from './store-op.ts'
import { loadPages, wantTimelines } from './timelines.ts'
import { readStretches } from './stretch.ts'

/**
 * Starts reading the replica that the identity points at, or an unfinished load of it. A replica of another record schema is not read;
 * the server will send a new one.
 */
export function readReplica(core: Core): void {
  const { identity } = core
  if (!identity?.me) return
  const generation = identity.replica ?? identity.loading
  if (generation === null || identity.replicaSchema !== REPLICA_SCHEMA) return
  core.reading = { generation, manifest: null, cursor: null, seen: new Set(), tail: new Set(), chunkOf: new Map(), damaged: false }
  core.do({ type: 'loadReplica', generation })
}

/** The small tables come first: where it stands, what is newer than the chunks. */
export function replicaOpened(core: Core, generation: number, rows: readonly StoredRow[], timelines: readonly string[]): void {
  const { reading } = core
  if (!reading || reading.generation !== generation) return
  let damaged = false
  const tail = new Set<string>()
  const pages: string[] = []
  let cursor: ReplicaCursorRow | null = null
  let manifest: ReplicaManifestRow | null = null
  for (const row of rows) {
    if (row.table === 'tail') {
      tail.add(row.key)
      const image = JSON.parse(row.value) as RecordImage | null
      if (image) core.board.take(image)
    } else if (row.table === 'page') {
      pages.push(row.value)
      core.pages.add(row.key)
    } else if (row.table === 'meta' && row.key === 'cursor') cursor = ReplicaCursorRow.safeParse(JSON.parse(row.value)).data ?? null
    else if (row.table === 'meta' && row.key === 'manifest') manifest = ReplicaManifestRow.safeParse(JSON.parse(row.value)).data ?? null
  }
  if (!cursor || !manifest) damaged = true
  core.tail = tail
  core.stretches = readStretches(timelines)
  core.reading = { ...reading, tail, cursor, manifest, damaged }
  loadPages(core, pages)
  core.touch(tail)
}

/** One chunk; rows that lie newer in the tail are left out. */
export function chunkLoaded(core: Core, generation: number, key: string, images: readonly RecordImage[], raw: string): void {
  const { reading } = core
  if (!reading || reading.generation !== generation) return
  reading.seen.add(key)
  if (reading.manifest?.chunks[key] !== images.length) reading.damaged = true
  let superseded = false
  for (const image of images) {
    const recordKey = keyOf(image)
    reading.chunkOf.set(recordKey, key)
    if (reading.tail.has(recordKey)) superseded = true
    else core.board.take(image)
  }
  showChunk(core, superseded ? images.filter((image) => !reading.tail.has(keyOf(image))) : images, superseded ? null : raw)
}

export function chunkDamaged(core: Core, generation: number): void {
  if (core.reading?.generation === generation) core.reading = { ...core.reading, damaged: true }
}

/**
 * Everything readable was read. A whole replica is gone on with; one with a part missing is shown, but the server is asked for a new
 * one; an unfinished load is continued where it stopped.
 */
export function replicaLoaded(core: Core, generation: number, outcome: 'whole' | 'missing' | 'damaged'): void {
  const { reading } = core
  if (!reading || reading.generation !== generation) return
  core.reading = null
  core.chunkOf = reading.chunkOf
  core.stateChanged = true
  const { cursor, manifest } = reading
  const whole =
    outcome === 'whole' && !reading.damaged && manifest !== null && Object.keys(manifest.chunks).every((key) => reading.seen.has(key))
  if (outcome === 'missing' || !cursor || !manifest || (!whole && core.identity?.replica === generation)) {
    if (core.identity?.replica === generation) {
      if (outcome === 'missing') notice(core, 'evicted', MESSAGES.replicaLost)
      else replicaDamaged(core)
    }
  } else if (manifest.complete) {
    core.replica = {
      generation,
      cursor: cursor.cursor,
      scope: cursor.scope,
      included: new Set(cursor.included),
      fuzzy: cursor.fuzzy,
      chunks: new Map(Object.entries(manifest.chunks))
    }
    core.complete = true
    core.completed = true
  } else if (whole) {
    core.loading = {
      generation,
      download: null,
      begin: { cursor: cursor.cursor, scope: cursor.scope },
      staged: null,
      chunks: new Map(Object.entries(manifest.chunks)),
      chunkOf: reading.chunkOf,
      received: manifest.received,
      total: manifest.total,
      resume: manifest.resume,
      attempt: 0
    }
  }
  for (const entry of core.outbox.uncovered()) {
    const included = core.replica?.included.has(entry.command.id) ?? false
    const covered = entry.progress.at === 'accepted' && isCovered(core, entry.progress.generation, entry.progress.answer.revision)
    if (included || covered) core.outbox.change(entry.command.id, { covered: true })
  }
  showQueue(core)
  if (core.replica) wantTimelines(core)
}
