import { isOpen } from '#shared/domain/case/case.ts'
import { may } from '#shared/domain/permission/ability.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import type { FeedEntry } from '#shared/protocol/changes.ts'
import type { TimelineEntry } from '#shared/protocol/timeline.ts'
import { z } from 'zod'
import type { CaseTimeline, TimelineLine } from '../engine-api.ts'
import type { RecordKey } from './board.ts'
import type { Asker, Core } from './core.ts'
import { writeReplica } from './disk.ts'
import { isSaved } from './saved.ts'
import { put, remove } from './store-op.ts'
import type { StoreOp } from './store-op.ts'
import { coveredUpTo, stretchKey } from './stretch.ts'
import { isOutstanding, request } from './wire.ts'

export type CaseEntry = Extract<FeedEntry, { readonly facts: readonly LoggedFact[] }>

/** What is known of one case's history: everything up to version `upTo`, in order. `asked`: the disk or the server may still add to it. */
export type History = {
  readonly upTo: number
  readonly entries: readonly TimelineEntry[]
  readonly reading: boolean
  readonly asked: boolean
}

const TimelineFrame = z.object({
  timelines: z.array(
    z.looseObject({
      caseId: z.string(),
      version: z.number().int(),
      entries: z.array(z.looseObject({ revision: z.number(), version: z.number(), facts: z.array(z.unknown()) }))
    })
  )
})
const StoredEntries = TimelineFrame.shape.timelines.element.shape.entries

export const UNREAD_TIMER = 'unread'
/** Histories fetched at once, and how long to leave the server to others in between. */
const READ_AHEAD = 50
const READ_AHEAD_EVERY = 2_000

/** A window shows this case: it is told what is known at once, then whatever disk and server add, then every change. */
export function watchTimeline(core: Core, asker: Asker, caseId: string): void {
  const windows = core.watching.get(caseId) ?? new Set<number>()
  core.watching.set(caseId, windows.add(asker.window))
  core.answer(asker, { ok: true })
  if (!core.histories.has(caseId)) {
    const keys = (core.stretches.get(caseId) ?? []).map((stretch) => stretchKey(caseId, stretch))
    const reading = core.replica !== null && keys.length > 0
    core.histories.set(caseId, { upTo: 0, entries: [], reading, asked: false })
    if (core.replica && reading) core.do({ type: 'readTimeline', generation: core.replica.generation, caseId, keys })
    takeRecent(core, caseId)
  }
  tellTimeline(core, caseId)
}

export function unwatchTimeline(core: Core, window: number, caseId: string): void {
  const windows = core.watching.get(caseId)
  windows?.delete(window)
  if (windows?.size !== 0) return
  core.watching.delete(caseId)
  core.histories.delete(caseId)
}

export function forgetWindow(core: Core, window: number): void {
  for (const caseId of core.watching.keys()) unwatchTimeline(core, window, caseId)
}

/** Asks the server for the history of watched cases that is not whole. */
export function pumpTimelines(core: Core): void {
  if (core.link.at !== 'up' || core.loading || isOutstanding(core, 'timeline')) return
  const wanted = [...core.histories]
    .filter(([caseId, history]) => !history.reading && !history.asked && !isComplete(core, caseId, history))
    .map(([caseId]) => caseId)
  const known = wanted.filter((caseId) => core.board.base.has(`case:${caseId}`)).slice(0, 50)
  if (known.length === 0) return
  for (const caseId of known) change(core, caseId, { asked: true })
  request(core, 'timeline', { caseIds: known as Parameters<typeof request<'timeline'>>[2]['caseIds'] }, { for: 'timeline', caseIds: known })
}

export function timelinesAnswered(core: Core, value: unknown): void {
  const reply = TimelineFrame.safeParse(value)
  if (!reply.success) return
  const ops: StoreOp[] = []
  for (const { caseId, version, entries } of reply.data.timelines) {
    core.unread.delete(caseId)
    takeKnown(core, caseId, version, entries as unknown as readonly TimelineEntry[])
    if (!core.board.base.has(`case:${caseId}`)) continue
    for (const stretch of core.stretches.get(caseId) ?? []) ops.push(remove('timeline', stretchKey(caseId, stretch)))
    const whole = { from: 1, upTo: version }
    core.stretches.set(caseId, [whole])
    ops.push(put('timeline', stretchKey(caseId, whole), entries))
  }
  if (core.replica) writeReplica(core, core.replica.generation, ops)
}

/** Every open case's history is to be on the disk for work without a connection: notes which are not. */
export function wantTimelines(core: Core): void {
  core.unread.clear()
  const me = core.identity?.me
  if (!me || !may(me.role, 'viewDesk')) return
  for (const [key, image] of core.board.base) {
    if (image.kind !== 'case' || image.state === null || !isOpen(image.state.status)) continue
    const caseId = key.slice('case:'.length)
    const recent = core.recent.get(caseId)?.map(({ version }) => ({ from: version, upTo: version })) ?? []
    if (coveredUpTo([...(core.stretches.get(caseId) ?? []), ...recent]) < image.version) core.unread.add(caseId)
  }
  if (core.unread.size > 0) core.do({ type: 'setTimer', timer: UNREAD_TIMER, delay: READ_AHEAD_EVERY })
}

/** Fetches some of the histories that are missing on the disk, a little at a time and only while nothing else is to be done. */
export function readAhead(core: Core): void {
  if (core.unread.size === 0 || !core.replica || !core.replicaWritable) return
  core.do({ type: 'setTimer', timer: UNREAD_TIMER, delay: READ_AHEAD_EVERY })
  if (core.link.at !== 'up' || core.loading || core.catchUpFrom !== null || isOutstanding(core, 'timeline')) return
  const caseIds = [...core.unread].slice(0, READ_AHEAD)
  for (const caseId of caseIds) core.unread.delete(caseId)
  request(core, 'timeline', { caseIds: caseIds as Parameters<typeof request<'timeline'>>[2]['caseIds'] }, { for: 'timeline', caseIds })
}

/** What the disk has of a history. */
export function timelineRead(core: Core, caseId: string, values: readonly string[]): void {
  change(core, caseId, { reading: false })
  const entries = values.flatMap((value) => StoredEntries.safeParse(JSON.parse(value)).data ?? []) as unknown as readonly TimelineEntry[]
  takeFollowing(
    core,
    caseId,
    entries.toSorted((a, b) => a.version - b.version)
  )
  takeRecent(core, caseId)
  tellTimeline(core, caseId)
}

/** New facts of cases have come with a page. */
export function pageArrived(core: Core, facts: readonly CaseEntry[]): void {
  const caseIds = new Set<string>()
  for (const entry of facts) {
    const known = core.recent.get(entry.id)
    const line: TimelineEntry = { revision: entry.revision, version: entry.version, facts: entry.facts }
    if (known) known.push(line)
    else core.recent.set(entry.id, [line])
    caseIds.add(entry.id)
  }
  for (const caseId of caseIds) takeRecent(core, caseId)
}

/** The facts that came with pages before this start. */
export function loadPages(core: Core, pages: readonly string[]): void {
  for (const page of pages) pageArrived(core, JSON.parse(page) as readonly CaseEntry[])
}

/** Records look different: pending facts may have come, gone or changed. */
export function timelinesRebased(core: Core, keys: Iterable<RecordKey>): void {
  if (core.histories.size === 0) return
  for (const key of keys) if (key.startsWith('case:') && core.histories.has(key.slice(5))) tellTimeline(core, key.slice(5))
}

/** Commands were saved: their lines say so. */
export function standingChanged(core: Core, commandIds: readonly string[]): void {
  for (const id of commandIds) {
    const entry = core.outbox.get(id)
    if (entry?.command.record.kind === 'case' && core.histories.has(entry.command.record.id)) tellTimeline(core, entry.command.record.id)
  }
}

/** Requests on a dead link will not be answered. */
export function timelinesUnasked(core: Core): void {
  for (const [caseId, history] of core.histories) if (history.asked) change(core, caseId, { asked: false })
}

/** Another replica: what was known of histories stays true, what lies on its disk is unknown. */
export function clearTimelines(core: Core): void {
  core.stretches = new Map()
  core.unread.clear()
  core.recent.clear()
  for (const caseId of core.histories.keys()) core.histories.set(caseId, { upTo: 0, entries: [], reading: false, asked: false })
}

function takeKnown(core: Core, caseId: string, version: number, entries: readonly TimelineEntry[]): void {
  const known = core.histories.get(caseId)
  if (!known) return
  if (version > known.upTo) core.histories.set(caseId, { ...known, upTo: version, entries })
  takeRecent(core, caseId)
  tellTimeline(core, caseId)
}

/** Joins facts from pages to what is known, as far as they follow on. */
function takeRecent(core: Core, caseId: string): void {
  takeFollowing(core, caseId, core.recent.get(caseId) ?? [])
}

function takeFollowing(core: Core, caseId: string, entries: readonly TimelineEntry[]): void {
  const known = core.histories.get(caseId)
  if (!known) return
  let { upTo } = known
  const added: TimelineEntry[] = []
  for (const entry of entries) {
    if (entry.version !== upTo + 1) continue
    added.push(entry)
    upTo = entry.version
  }
  if (added.length === 0) return
  core.histories.set(caseId, { ...known, upTo, entries: [...known.entries, ...added] })
  tellTimeline(core, caseId)
}

function tellTimeline(core: Core, caseId: string): void {
  const windows = core.watching.get(caseId)
  const history = core.histories.get(caseId)
  if (!windows || !history) return
  const timeline = timelineOf(core, caseId, history)
  for (const window of windows) core.do({ type: 'tell', window, message: { type: 'timeline', timeline } })
}

function timelineOf(core: Core, caseId: string, history: History): CaseTimeline {
  const confirmed = history.entries.flatMap((entry) =>
    entry.facts.map((fact): TimelineLine => ({ ...fact, standing: 'confirmed', revision: entry.revision }))
  )
  const pending = core.board.pendingFacts(`case:${caseId}`).flatMap(({ commandId, facts }) => {
    const entry = core.outbox.get(commandId)
    const standing = entry && isSaved(core, entry) ? ('saved' as const) : ('deciding' as const)
    return facts.map((fact): TimelineLine => ({ ...fact, standing, revision: null }))
  })
  const state = isComplete(core, caseId, history) ? 'complete' : history.reading || history.asked ? 'loading' : 'partial'
  return { caseId, state, lines: [...confirmed, ...pending] }
}

function isComplete(core: Core, caseId: string, history: History): boolean {
  return history.upTo >= (core.board.base.get(`case:${caseId}`)?.version ?? 0)
}

function change(core: Core, caseId: string, changed: Partial<History>): void {
  const known = core.histories.get(caseId)
  if (known) core.histories.set(caseId, { ...known, ...changed })
}
