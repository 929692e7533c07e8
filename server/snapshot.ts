import { createHash } from 'node:crypto'
import { z } from 'zod'
import { DAY, after } from '#shared/domain/instant.ts'
import { Instant } from '#shared/domain/instant.ts'
import { Cursor } from '#shared/protocol/hello.ts'
import type { SnapshotBegin } from '#shared/protocol/snapshot.ts'
import { LIMITS, REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import { cursorStanding } from './cursor.ts'
import { SNAPSHOT_PHASES } from './desk-store.ts'
import type { DeskStore, Epoch, SnapshotPhase } from './desk-store.ts'
import type { Visibility } from './visibility.ts'

const RECENT = 90 * DAY
/** A snapshot that broke off longer ago begins anew. */
const RESUMED_WITHIN = 7 * DAY

/** Where a snapshot broke off. Not a secret: what it gives is bounded by the reader's scope. */
const ResumeToken = z.object({
  cursor: Cursor,
  scope: z.string(),
  since: Instant,
  phase: z.enum(SNAPSHOT_PHASES),
  after: z.string().nullable()
})
type ResumeToken = z.infer<typeof ResumeToken>
export type SnapshotStart = ResumeToken

/** One line of a snapshot with its line end; `resume` takes the snapshot up again after it, null where nothing can be taken up. */
export type SnapshotPiece = { readonly text: string; readonly resume: string | null }

export type SnapshotPorts = {
  readonly store: DeskStore
  readonly visibility: Visibility
  readonly now: Instant
  readonly end: { readonly epochs: readonly Epoch[]; readonly head: number; readonly prunedThrough: number; readonly cursor: Cursor }
}

/**
 * Begins a snapshot or takes one up again. Null when that one can no longer be continued: the scope or the epoch has changed, or the
 * log it needs afterwards is gone; the console then begins anew.
 */
export function snapshotFrom(resume: string | undefined, { visibility, now, end }: SnapshotPorts): ResumeToken | null {
  if (resume === undefined)
    return { cursor: end.cursor, scope: visibility.scope, since: after(now, -RECENT), phase: SNAPSHOT_PHASES[0], after: null }
  const token = parseToken(resume)
  // A snapshot is for what is open or recent; the token is the reader's own to write, so how far back it reaches is bounded here.
  if (token === null || token.since < after(now, -RECENT - RESUMED_WITHIN)) return null
  return token.scope === digest(visibility.scope) && cursorStanding(token.cursor, end) === 'current'
    ? { ...token, scope: visibility.scope }
    : null
}

/**
 * The lines of a snapshot: begin, chunks in the order of SNAPSHOT_PHASES, end. No transaction is held meanwhile; what changes while it
 * runs lies in the log after its cursor.
 */
export async function* snapshotPieces(
  start: SnapshotStart,
  { store, visibility }: Pick<SnapshotPorts, 'store' | 'visibility'>
): AsyncGenerator<SnapshotPiece> {
  const view = { contacts: visibility.contacts, hiddenQueueIds: visibility.hiddenQueueIds, changedSince: start.since }
  const total = await store.countSnapshot(view)
  const begin: SnapshotBegin = { type: 'begin', cursor: start.cursor, scope: start.scope, replicaSchema: REPLICA_SCHEMA, records: total }
  yield { text: `${JSON.stringify(begin)}\n`, resume: null }
  let sent = 0
  let next: { readonly phase: SnapshotPhase; readonly after: string | null } | null = start
  while (next) {
    const { phase }: { readonly phase: SnapshotPhase } = next
    const page = await store.snapshotPage(view, phase, next.after, LIMITS.snapshotChunkRecords)
    next = page.last === null ? following(phase) : { phase, after: page.last }
    if (page.count === 0) continue
    sent += page.count
    const resume = next ? tokenText({ ...start, ...next }) : ''
    yield {
      text: `{"type":"chunk","kind":"${kindOf(phase)}","images":[${page.images}],"resume":${JSON.stringify(resume)}}\n`,
      resume: resume === '' ? null : resume
    }
  }
  yield { text: `${JSON.stringify({ type: 'end', records: sent })}\n`, resume: null }
}

/** The same as plain text. */
export async function* snapshotLines(start: SnapshotStart, ports: Pick<SnapshotPorts, 'store' | 'visibility'>): AsyncGenerator<string> {
  for await (const { text } of snapshotPieces(start, ports)) yield text
}

function following(phase: SnapshotPhase): { readonly phase: SnapshotPhase; readonly after: null } | null {
  const next = SNAPSHOT_PHASES[SNAPSHOT_PHASES.indexOf(phase) + 1]
  return next ? { phase: next, after: null } : null
}

function kindOf(phase: SnapshotPhase): string {
  return phase === 'openCase' || phase === 'recentCase' ? 'case' : phase
}

function tokenText(token: ResumeToken): string {
  const { cursor, scope, since, phase, after: key } = token
  return Buffer.from(JSON.stringify({ cursor, scope: digest(scope), since, phase, after: key })).toString('base64url')
}

/** Somebody in many queues has a scope longer than an address can be. */
function digest(scope: string): string {
  return createHash('sha256').update(scope).digest('base64url')
}

function parseToken(text: string): ResumeToken | null {
  try {
    return ResumeToken.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data ?? null
  } catch {
    return null
  }
}
