import type { Cursor } from '#shared/protocol/hello.ts'
import type { ChangesPage, ChangesReply, FeedEntry, Poke } from '#shared/protocol/changes.ts'
import { ChangesPageFrame } from '#shared/protocol/changes.ts'
import { Cursor as CursorSchema } from '#shared/protocol/hello.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { StateOf } from '#shared/domain/record.ts'
import { maySee, scopeKey } from '#shared/domain/permission/scope.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import { keyOf } from './board.ts'
import { cursorRow, headHeard, isDoubtful } from './fuzzy.ts'
import type { RecordKey } from './board.ts'
import type { Core, Replica } from './core.ts'
import { writeReplica, writeVault } from './disk.ts'
import { startLoading } from './load.ts'
import { isCovered, overdueRevision, showQueue } from './push.ts'
import { put } from './store-op.ts'
import type { StoreOp } from './store-op.ts'
import { pageArrived } from './timelines.ts'
import { dropLink, isOutstanding, request } from './wire.ts'

/** Asks for what the log holds after the replica's cursor, when there is more and nothing is on its way. */
export function pumpPull(core: Core): void {
  const { replica, head } = core
  if (!replica || !head || core.link.at !== 'up' || core.loading || isOutstanding(core, 'changes')) return
  if (head.epoch < replica.cursor.epoch || (head.epoch === replica.cursor.epoch && head.revision <= replica.cursor.revision)) {
    if (core.catchUpFrom !== null) core.stateChanged = true
    core.catchUpFrom = null
    return
  }
  core.catchUpFrom ??= replica.cursor.revision
  request(core, 'changes', { after: replica.cursor, limit: LIMITS.entriesPerPage }, { for: 'changes' })
}

/** Own work was accepted at a revision that no poke has told of: it is asked for. */
export function pullOverdue(core: Core): void {
  const revision = overdueRevision(core)
  if (revision === null || !core.replica || revision <= core.replica.cursor.revision) return
  if (!core.head || core.head.revision < revision) core.head = { epoch: core.head?.epoch ?? core.replica.cursor.epoch, revision }
}

/** The log has grown. A page that rides along is taken when it joins on to the cursor; otherwise it is asked for. */
export function poked(core: Core, body: unknown): void {
  const poke = readPoke(body)
  if (!poke) return
  if (!core.head || later(poke.head, core.head)) core.head = poke.head
  const { replica } = core
  if (!replica || core.loading) return
  if (poke.head.epoch > replica.cursor.epoch && poke.head.revision < replica.cursor.revision) return dropLink(core)
  if (poke.page && joins(poke.page, replica.cursor)) applyPage(core, replica, poke.page)
  else headHeard(core)
  pumpPull(core)
}

export function changesAnswered(core: Core, value: unknown): void {
  const reply = readChanges(value)
  if (!reply) return dropLink(core)
  // A desk that went back in time may have forgotten answers too: hello tells what it still knows.
  if ('reset' in reply) return reply.reset === 'epochEnded' ? dropLink(core) : startLoading(core, reply.reset)
  const { replica } = core
  if (!replica || core.loading) return
  if (!joins(reply.page, replica.cursor)) return dropLink(core)
  if (!core.head || later({ epoch: reply.page.to.epoch, revision: reply.page.head }, core.head))
    core.head = { epoch: reply.page.to.epoch, revision: reply.page.head }
  applyPage(core, replica, reply.page)
  if (core.catchUpFrom !== null) core.stateChanged = true
  pumpPull(core)
}

/**
 * Takes a page into the base: images by version, so that a page that overlaps what is known changes nothing twice; then rows, cursor and
 * the commands it brought in one write (SYNC-5).
 */
export function applyPage(core: Core, replica: Replica, page: ChangesPage): void {
  if (isDoubtful(replica, { epoch: page.to.epoch, revision: Math.max(page.head, page.to.revision) }))
    return startLoading(core, 'epochEnded')
  const entries = page.entries.filter((entry) => entry.revision > replica.cursor.revision)
  const ops: StoreOp[] = []
  const touched = new Set<RecordKey>()
  const rescope = new Rescope(core)
  for (const image of page.images) {
    rescope.see(image)
    if (!core.board.take(image)) continue
    const key = keyOf(image)
    touched.add(key)
    core.tail.add(key)
    ops.push(put('tail', key, image.state === null ? null : image))
  }
  for (const entry of entries) {
    if (!('gone' in entry)) continue
    const key = keyOf(entry)
    const known = core.board.base.get(key)
    // Most of what is out of scope was never here.
    if (!known || known.version > entry.version) continue
    core.board.base.delete(key)
    core.foldSoon = true
    touched.add(key)
    core.tail.add(key)
    ops.push(put('tail', key, null))
  }
  for (const key of rescope.leaving()) {
    core.foldSoon = true
    core.board.base.delete(key)
    touched.add(key)
    core.tail.add(key)
    ops.push(put('tail', key, null))
  }
  const included = includedAfter(core, replica, entries)
  core.replica = { ...replica, cursor: page.to, included }
  headHeard(core)
  const facts = entries.flatMap((entry) => ('facts' in entry && entry.kind === 'case' && entry.facts.length > 0 ? [entry] : []))
  const pageKey = String(page.to.revision).padStart(15, '0')
  if (facts.length > 0) ops.push(put('page', pageKey, facts))
  if (facts.length > 0) core.pages.add(pageKey)
  writeReplica(core, replica.generation, [...ops, put('meta', 'cursor', cursorRow(core.replica))])
  core.touch(touched)
  core.touch(core.board.retire(covered(core, included)))
  pageArrived(core, facts)
  rescope.finish()
}

/** Own commands in the base whose answer is still out: they are shown from the base and not replayed on it again. */
function includedAfter(core: Core, replica: Replica, entries: readonly FeedEntry[]): ReadonlySet<string> {
  const included = new Set([...replica.included].filter((id) => core.outbox.get(id)?.progress.at === 'queued'))
  for (const entry of entries) {
    if ('gone' in entry || entry.commandId === null) continue
    if (core.outbox.get(entry.commandId)?.progress.at === 'queued') included.add(entry.commandId)
  }
  return included
}

/** The commands that the base now holds. */
function covered(core: Core, included: ReadonlySet<string>): ReadonlySet<string> {
  const done = new Set<string>()
  for (const entry of core.outbox.uncovered()) {
    const accepted = entry.progress.at === 'accepted' && isCovered(core, entry.progress.generation, entry.progress.answer.revision)
    if (!accepted && !included.has(entry.command.id)) continue
    core.outbox.change(entry.command.id, { covered: true })
    done.add(entry.command.id)
  }
  return done
}

/** A page joins on when it begins at the cursor, or before it in the same epoch; anything else would be a gap (SYNC-5). */
function joins(page: ChangesPage, cursor: Cursor): boolean {
  if (page.after.revision === cursor.revision && page.after.epoch === cursor.epoch) return true
  return (
    page.after.epoch === cursor.epoch &&
    page.after.revision < cursor.revision &&
    page.to.revision >= cursor.revision &&
    page.to.epoch === cursor.epoch
  )
}

function later(a: Cursor, b: Cursor): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.revision > b.revision)
}

function readPoke(body: unknown): Poke | null {
  if (typeof body !== 'object' || body === null || !('head' in body)) return null
  const head = CursorSchema.safeParse(body.head)
  if (!head.success) return null
  const page = 'page' in body && body.page !== null ? readPage(body.page) : null
  return { head: head.data, page }
}

function readChanges(value: unknown): ChangesReply | null {
  if (typeof value !== 'object' || value === null) return null
  if ('reset' in value) return value.reset === 'cursorTooOld' || value.reset === 'epochEnded' ? { reset: value.reset } : null
  const page = 'page' in value ? readPage(value.page) : null
  return page ? { page } : null
}

/** A page whose frame holds and whose revisions follow each other without a hole; null otherwise. */
function readPage(body: unknown): ChangesPage | null {
  const frame = ChangesPageFrame.safeParse(body)
  if (!frame.success) return null
  let revision = frame.data.after.revision
  for (const entry of frame.data.entries) {
    revision += 1
    if (entry.revision !== revision) return null
  }
  return revision === frame.data.to.revision ? (body as ChangesPage) : null
}

/**
 * What a change of somebody's rights or of a queue's does to this console's scope: cases that may no longer be seen leave at once, also
 * from the disk; cases that may be seen from now on can only come with a new snapshot.
 */
class Rescope {
  readonly #core: Core
  #narrowed = false
  #widened = false
  #me: StateOf['person'] | null = null

  constructor(core: Core) {
    this.#core = core
  }

  see(image: RecordImage): void {
    const me = this.#core.identity?.me
    if (!me) return
    if (image.kind === 'person' && image.id === me.id && image.state && this.#isNewer(image)) this.#me = image.state
    if (image.kind !== 'queue' || !this.#isNewer(image)) return
    const before = this.#core.board.base.get(keyOf(image))?.state as StateOf['queue'] | null | undefined
    const was = before?.restricted ?? false
    const is = image.state?.restricted ?? false
    if (is && !was) this.#narrowed = true
    if (was && !is && !maySeeAll(me)) this.#widened = true
  }

  leaving(): readonly RecordKey[] {
    const core = this.#core
    const me = this.#me ?? core.identity?.me
    if (!me || !(this.#narrowed || this.#me)) return []
    const keys: RecordKey[] = []
    for (const [key, image] of core.board.base) {
      if (image.state !== null && !maySee(me, { kind: image.kind, state: image.state }, core.board.directory)) keys.push(key)
    }
    return keys
  }

  /** My own record changed: who I am here follows; another scope needs another replica, which the next hello brings. */
  finish(): void {
    const core = this.#core
    if (this.#me && core.identity) {
      core.identity = { ...core.identity, me: this.#me }
      showQueue(core)
      writeVault(core, [put('identity', 'current', core.identity)])
      core.stateChanged = true
      if (core.replica && scopeKey(this.#me) !== core.replica.scope) return dropLink(core)
    }
    if (this.#widened) startLoading(core, 'scopeChanged')
  }

  #isNewer(image: RecordImage): boolean {
    return (this.#core.board.base.get(keyOf(image))?.version ?? 0) < image.version
  }
}

function maySeeAll(me: StateOf['person']): boolean {
  return me.role === 'lead' || me.role === 'admin'
}
