import type { StorageNotice } from '../engine-api.ts'
import type { After, Core, Ticket } from './core.ts'
import { MESSAGES } from './messages.ts'
import type { JournalEntry } from './rows.ts'
import type { DatabaseRef, Durability, StoreOp, StoreProblem } from './store-op.ts'
import { put } from './store-op.ts'

const RETRY = 'vault-retry'
const JOURNAL_RETRY = 'journal-retry'
const RETRY_AFTER = 3_000
/** Below this the replica is not written any more, bytes. */
const ROOM_FOR_VAULT = 500_000_000
/** When a replica that could not be written is written anew (fold.ts). */
export const REBUILD_TIMER = 'rebuild'

/** Adds rows to the one vault write that this input ends with: all of them are on disk, or none (SYNC-3). */
export function writeVault(core: Core, ops: readonly StoreOp[], after: readonly After[] = []): void {
  core.vaultOps.push(...ops)
  core.vaultAfter.push(...after)
}

/** Appends lines to the journal. Returns their line numbers' first. */
export function writeJournal(core: Core, entry: JournalEntry, after: readonly After[] = []): number | null {
  if (!core.journalKept) return null
  const line = core.nextLine
  core.nextLine += 1
  core.journalLines.push({ line, body: JSON.stringify(entry) })
  core.journalAfter.push(...after)
  return line
}

/** Writes rows of a replica generation, unless that generation already failed to take one: a gap in it must not be. */
export function writeReplica(
  core: Core,
  generation: number,
  ops: readonly StoreOp[],
  durability: Durability = 'relaxed',
  after: readonly After[] = []
): void {
  if (ops.length === 0 || !core.replicaWritable) return
  if (core.cramped) {
    core.replicaWritable = false
    return core.do({ type: 'setTimer', timer: REBUILD_TIMER, delay: 20 * RETRY_AFTER })
  }
  store(core, { in: { database: 'replica', generation }, ops, after }, durability)
}

/** Sends what the input has gathered for vault and journal. */
export function flushWrites(core: Core): void {
  if (core.vaultOps.length > 0 || core.vaultAfter.length > 0) {
    const ticket: Ticket = { in: { database: 'vault' }, ops: core.vaultOps, after: core.vaultAfter }
    core.vaultOps = []
    core.vaultAfter = []
    if (core.unwritten) keepUnwritten(core, ticket)
    else store(core, ticket, 'strict')
  }
  if (core.journalLines.length > 0) {
    const ticket = core.next()
    const lines = new Set(core.journalLines.map(({ line }) => line))
    core.tickets.set(ticket, { in: 'journal', ops: [], after: core.journalAfter, lines })
    core.do({ type: 'journal', ticket, lines: core.journalLines })
    core.journalLines = []
    core.journalAfter = []
  }
}

/** The last of a disk's room is for what must not be lost: the replica gives way until there is more again (SYNC-17). */
export function roomMeasured(core: Core, bytes: number): void {
  const cramped = bytes < (core.cramped ? 1.2 : 1) * ROOM_FOR_VAULT
  if (cramped === core.cramped) return
  core.cramped = cramped
  if (cramped) notice(core, 'full', MESSAGES.replicaFull)
  else if (core.storage?.message === MESSAGES.replicaFull && core.replicaWritable) clearNotice(core)
}

/** A write is on disk; returns what was waiting for it. */
export function stored(core: Core, number: number): readonly After[] {
  const ticket = take(core, number)
  if (!ticket) return []
  for (const op of ticket.ops) if (core.newest.get(rowName(op)) === number) core.newest.delete(rowName(op))
  if (isVault(ticket.in) && (core.storage?.message === MESSAGES.vaultFull || core.storage?.message === MESSAGES.vaultFailed))
    clearNotice(core)
  return ticket.after
}

/**
 * A write that failed. The vault's is tried again for as long as it takes, less the rows that were written anew since; people are
 * told, and nothing of it counts as saved meanwhile. A replica that cannot be written is left where it stands: it is whole, only older.
 */
export function storeFailed(core: Core, number: number, problem: StoreProblem): void {
  const ticket = take(core, number)
  if (!ticket || ticket.in === 'journal') return
  if (problem === 'fenced') {
    core.phase = 'superseded'
    return core.do({ type: 'superseded' })
  }
  if (!isVault(ticket.in)) {
    core.replicaWritable = false
    core.do({ type: 'setTimer', timer: REBUILD_TIMER, delay: problem === 'full' ? 20 * RETRY_AFTER : RETRY_AFTER })
    notice(core, problem === 'full' ? 'full' : 'evicted', problem === 'full' ? MESSAGES.replicaFull : MESSAGES.replicaLost)
    return
  }
  const ops = ticket.ops.filter((op) => core.newest.get(rowName(op)) === number)
  keepUnwritten(core, { ...ticket, ops: problem === 'lost' ? [...ops, ...wholeVault(core)] : ops })
  notice(core, problem === 'full' ? 'full' : 'locked', problem === 'full' ? MESSAGES.vaultFull : MESSAGES.vaultFailed)
  core.do({ type: 'setTimer', timer: RETRY, delay: RETRY_AFTER })
}

/**
 * What could not be written is gathered and written together: nothing that waited for one part of it is told before all of it is on the
 * medium, because a newer row may stand for an older one (a burnt number, a later state of a command).
 */
function keepUnwritten(core: Core, ticket: Ticket): void {
  core.unwritten = { ops: [...(core.unwritten?.ops ?? []), ...ticket.ops], after: [...(core.unwritten?.after ?? []), ...ticket.after] }
}

/** Every row of the vault as it should be: a store that was thrown away is filled again. */
function wholeVault(core: Core): readonly StoreOp[] {
  return [
    ...(core.identity ? [put('identity', 'current', core.identity)] : []),
    ...[...core.consoles.values()].map((row) => put('console', row.consoleId, row)),
    ...core.outbox.rows(),
    ...[...core.attention].map(([id, row]) => put('attention', id, row)),
    ...[...core.drafts].map(([id, row]) => put('draft', id, row))
  ]
}

/** Tries failed vault writes again, once none is under way that might still report. */
function retryVault(core: Core): void {
  if (!core.unwritten) return
  for (const ticket of core.tickets.values()) {
    if (isVault(ticket.in)) return core.do({ type: 'setTimer', timer: RETRY, delay: RETRY_AFTER })
  }
  const { ops, after } = core.unwritten
  core.unwritten = null
  store(core, { in: { database: 'vault' }, ops: lastOfEach(ops), after }, 'strict')
}

function lastOfEach(ops: readonly StoreOp[]): readonly StoreOp[] {
  return [...new Map(ops.map((op) => [rowName(op), op])).values()]
}

/** Lines are on disk; returns what was waiting for them. */
export function journaled(core: Core, number: number): readonly After[] {
  const ticket = take(core, number)
  if (core.storage?.problem === 'journalUnwritable') clearNotice(core)
  return ticket?.after ?? []
}

/** A journal that cannot be written: what it misses is appended anew as soon as it can. */
export function journalFailed(core: Core, number: number): void {
  const ticket = take(core, number)
  for (const [id, line] of core.draftLines) if (ticket?.lines?.has(line)) core.unjournaledDrafts.add(id)
  notice(core, 'journalUnwritable', MESSAGES.journalUnwritable)
  core.do({ type: 'setTimer', timer: JOURNAL_RETRY, delay: RETRY_AFTER })
}

/** Appends every command that the journal does not hold yet. */
export function fillJournal(core: Core): void {
  if (!core.journalKept) return
  for (const entry of core.outbox.entries()) {
    if (entry.inJournal || entry.progress.at !== 'queued') continue
    journalCommand(core, entry.command.id)
  }
}

/** Appends one command and notes which line holds it. */
export function journalCommand(core: Core, commandId: string): void {
  const entry = core.outbox.get(commandId)
  if (!entry) return
  const line = writeJournal(
    core,
    {
      type: 'command',
      ordinal: entry.ordinal,
      deskId: entry.deskId,
      actorName: nameOf(core, entry.command.consoleId),
      command: entry.command
    },
    [{ do: 'inJournal', commandIds: [commandId] }]
  )
  if (line !== null) core.vaultOps.push(core.outbox.change(commandId, { line }))
}

/** Tells people about storage trouble, once per kind until it has passed. */
export function notice(core: Core, problem: StorageNotice['problem'], message: string): void {
  if (core.storage?.problem === problem) return
  core.storage = { problem, message, at: core.now() }
  core.stateChanged = true
}

export function clearNotice(core: Core): void {
  core.storage = null
  core.stateChanged = true
}

/** Whether a timer is one of this file's; if so it is served. */
export function diskTimer(core: Core, timer: string): boolean {
  if (timer === JOURNAL_RETRY) {
    fillJournal(core)
    return true
  }
  if (timer !== RETRY) return false
  retryVault(core)
  return true
}

function store(core: Core, ticket: Ticket, durability: Durability): void {
  if (ticket.in === 'journal') return
  const number = core.next()
  core.tickets.set(number, ticket)
  if (isVault(ticket.in)) for (const op of ticket.ops) core.newest.set(rowName(op), number)
  core.do({ type: 'store', ticket: number, in: ticket.in, durability, ops: ticket.ops })
}

function take(core: Core, number: number): Ticket | undefined {
  const ticket = core.tickets.get(number)
  core.tickets.delete(number)
  return ticket
}

function isVault(ref: DatabaseRef | 'journal'): boolean {
  return ref !== 'journal' && ref.database === 'vault'
}

function rowName(op: StoreOp): string {
  return `${op.table}/${op.key}`
}

function nameOf(core: Core, consoleId: string): string {
  return core.consoles.get(consoleId)?.name ?? ''
}
