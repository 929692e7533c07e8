import { MINUTE } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Clock } from './clock.ts'
import { gzipOf, gzipPiece } from './gzip-pieces.ts'
import type { GzipPiece } from './gzip-pieces.ts'
import type { SnapshotPiece, SnapshotStart } from './snapshot.ts'

/** A console that takes an older snapshot catches up on this much in one page or two. */
const REVISIONS_BEHIND = 2_000
const KEPT_FOR = 10 * MINUTE
const BYTES_KEPT = 128_000_000
const AHEAD = 2

export type SnapshotCache = {
  /**
   * A compressed snapshot: the one kept for this scope when it is fresh enough, one under way, or a new one that begins at `start`. With
   * `resume`, what follows that piece, from memory when it is there.
   */
  readonly gzip: (wanted: SnapshotWanted) => AsyncGenerator<Buffer>
}

export type SnapshotWanted = {
  readonly start: SnapshotStart
  readonly resume: string | undefined
  readonly head: number
  readonly make: (start: SnapshotStart) => AsyncGenerator<SnapshotPiece>
}

/** What several consoles read at once: pieces appear as they are made. */
type Shared = {
  readonly start: SnapshotStart
  readonly madeAt: Instant
  readonly pieces: Compressed[]
  bytes: number
  state: 'making' | 'whole' | 'broken'
  moved: PromiseWithResolvers<void>
}
type Compressed = { readonly piece: GzipPiece; readonly resume: string | null }

/** Snapshots are alike for everybody of one scope and may be a little old, so after an update a thousand consoles cost the database one. */
export function snapshotCache(clock: Clock): SnapshotCache {
  const kept = new Map<string, Shared>()

  const shared = ({ start, head, make }: SnapshotWanted): Shared => {
    const known = kept.get(start.scope)
    if (known && isFresh(known, start, head, clock.now())) return known
    const made: Shared = { start, madeAt: clock.now(), pieces: [], bytes: 0, state: 'making', moved: Promise.withResolvers() }
    kept.delete(start.scope)
    kept.set(start.scope, made)
    void fill(made, make(start)).then(forgetSurplus)
    return made
  }

  /** The ones begun last are kept, as far as they fit. */
  const forgetSurplus = () => {
    let bytes = 0
    for (const [scope, snapshot] of [...kept].toReversed()) {
      bytes += snapshot.bytes
      if (bytes > BYTES_KEPT || snapshot.state === 'broken') kept.delete(scope)
    }
  }

  return {
    gzip: (wanted) => {
      if (wanted.resume === undefined) return gzipOf(read(shared(wanted), 0))
      const known = kept.get(wanted.start.scope)
      const at = known?.pieces.findIndex(({ resume }) => resume === wanted.resume) ?? -1
      return gzipOf(known && at > 0 ? resumed(known, at + 1) : uncached(wanted))
    }
  }
}

function isFresh({ start, state, madeAt }: Shared, wanted: SnapshotStart, head: number, now: Instant): boolean {
  const { cursor } = start
  // One from beyond the head was made before the database was put back in time.
  const behind = head - cursor.revision
  return state !== 'broken' && cursor.epoch === wanted.cursor.epoch && behind >= 0 && behind <= REVISIONS_BEHIND && now - madeAt <= KEPT_FOR
}

async function fill(into: Shared, lines: AsyncGenerator<SnapshotPiece>): Promise<void> {
  const move = () => {
    const { moved } = into
    into.moved = Promise.withResolvers()
    moved.resolve()
  }
  try {
    for await (const found of compressed(lines)) {
      into.pieces.push(found)
      into.bytes += found.piece.deflated.length
      move()
    }
    into.state = 'whole'
  } catch {
    // Its readers see their stream break and take it up again after the last whole piece.
    into.state = 'broken'
  }
  move()
}

/** The begin line is said again, then comes what follows the last whole chunk. */
async function* resumed(snapshot: Shared, from: number): AsyncGenerator<GzipPiece> {
  const begin = snapshot.pieces[0]
  if (begin) yield begin.piece
  yield* read(snapshot, from)
}

async function* uncached({ start, make }: SnapshotWanted): AsyncGenerator<GzipPiece> {
  for await (const { piece } of compressed(make(start))) yield piece
}

async function* read(snapshot: Shared, from: number): AsyncGenerator<GzipPiece> {
  for (let next = from; ;) {
    const { moved } = snapshot
    const found = snapshot.pieces[next]
    if (found) {
      next += 1
      yield found.piece
    } else if (snapshot.state === 'making') await moved.promise
    else if (snapshot.state === 'whole') return
    else throw new Error('the snapshot broke off')
  }
}

/** Compresses a few lines ahead, while the database reads the next. */
async function* compressed(lines: AsyncGenerator<SnapshotPiece>): AsyncGenerator<Compressed> {
  const ahead: Promise<Compressed>[] = []
  for await (const { text, resume } of lines) {
    ahead.push(gzipPiece(text).then((piece) => ({ piece, resume })))
    if (ahead.length > AHEAD) {
      const first = ahead.shift()
      if (first) yield await first
    }
  }
  for (const rest of ahead) yield await rest
}
