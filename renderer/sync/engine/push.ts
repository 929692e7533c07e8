import type { Refusal } from '#shared/domain/refusal.ts'
import type { Problem } from '#shared/protocol/problem.ts'
import type { Answer } from '#shared/protocol/push.ts'
import { PushReply } from '#shared/protocol/push.ts'
import { backOff } from './back-off.ts'
import type { Core } from './core.ts'
import { journalCommand, writeVault } from './disk.ts'
import { keyOf } from './board.ts'
import { WITHDRAWN } from './outbox.ts'
import type { Entry, Outbox } from './outbox.ts'
import type { ConsoleRow } from './rows.ts'
import { put, remove } from './store-op.ts'
import { isOutstanding, request } from './wire.ts'

export const PUSH_TIMER = 'push'
export const OVERDUE_TIMER = 'overdue'
/** The page that brings own work back usually comes with the answer; a poke that was skipped must not keep it pending. */
const OVERDUE_AFTER = 1_000

/** Pushes the next run of the signed-in person's commands when the link is up and no push is on its way. */
export function pumpPush(core: Core): void {
  const mine = core.myConsole()
  if (!mine || (core.link.at !== 'up' && core.link.at !== 'handingIn') || core.pushResting || isOutstanding(core, 'push')) return
  const run = core.outbox.nextRun(mine.consoleId, core.pushLimit)
  if (run.length === 0) return
  request(core, 'push', { commands: [...run] }, { for: 'push', commandIds: run.map((command) => command.id) })
}

/** The revision that own accepted work is waiting for on the base; null while nothing is. */
export function overdueRevision(core: Core): number | null {
  let highest: number | null = null
  for (const { progress } of core.outbox.uncovered()) {
    if (progress.at === 'accepted' && progress.generation === core.replica?.generation)
      highest = Math.max(highest ?? 0, progress.answer.revision)
  }
  return highest
}

/** The rest after a push that could not be served is over. */
export function pushRested(core: Core): void {
  core.pushResting = false
  pumpPush(core)
}

/**
 * Settles answered commands: one vault write for the whole reply. Accepted ones stay on the visible desk as pending until the base
 * holds their revision (SYNC-5); refused ones leave it and wait for attention with everything that was typed (SYNC-7).
 */
export function pushAnswered(core: Core, commandIds: readonly string[], value: unknown): void {
  const mine = core.myConsole()
  const reply = PushReply.safeParse(value)
  if (!reply.success) return pushFailed(core, commandIds, { code: 'unavailable', message: reply.error.message, retryAfter: null })
  if (!mine) return
  const byId = new Map(reply.data.answers.map((answer) => [answer.id as string, answer]))
  const settled: Answer[] = []
  const strays = new Set<string>()
  for (const id of commandIds) {
    const entry = core.outbox.get(id)
    if (!entry || entry.progress.at !== 'queued') continue
    const answer = byId.get(id)
    if (answer) settled.push({ ...answer, sequence: entry.command.sequence })
    else if (entry.command.sequence <= reply.data.lastSequence) strays.add(id)
  }
  for (const answer of settled) settle(core, answer)
  if (settled.length > 0) core.do({ type: 'tell', window: 'all', message: { type: 'confirmed', answers: settled } })
  const answered = reply.data.expected === null ? reply.data.lastSequence : reply.data.expected - 1
  setAnswered(core, mine, answered)
  if (strays.size > 0 || reply.data.expected !== null) putBack(core, mine.consoleId, answered, strays)
  if (settled.length > 0) {
    core.pushLimit = Number.POSITIVE_INFINITY
    core.do({ type: 'setTimer', timer: OVERDUE_TIMER, delay: OVERDUE_AFTER })
  }
  core.stateChanged = true
  if (settled.length > 0) pumpPush(core)
  else rest(core, backOff(0, core.ports.random))
}

/**
 * A push that was not served. A run the server cannot read is halved until the command at fault is alone; that one is set aside with
 * its content and an empty stand-in takes its place, so that it cannot stall the queue.
 */
export function pushFailed(core: Core, commandIds: readonly string[], problem: Problem): void {
  if (problem.code === 'badRequest') {
    const only = commandIds.length === 1 ? core.outbox.get(commandIds[0] ?? '') : undefined
    if (only && !only.withdrawn) {
      setAside(core, only.command.id, { code: 'malformed', detail: { problem: problem.message.slice(0, 500) } })
      return pumpPush(core)
    }
    if (!only) {
      core.pushLimit = Math.max(1, Math.floor(commandIds.length / 2))
      return pumpPush(core)
    }
  }
  rest(core, (problem.retryAfter ?? 0) + backOff(3, core.ports.random))
}

/** Asks the desk again for answers that another desk may have given: this one was put back in time since. */
export function askAgain(core: Core, consoleId: string, doubted: (entry: Entry) => boolean): void {
  requeued(core, core.outbox.askAgain(consoleId, doubted))
}

/** Puts what the desk does not know back into the queue and shows it as pending again. */
export function putBack(core: Core, consoleId: string, answered: number, strays?: ReadonlySet<string>): void {
  requeued(core, core.outbox.putBack(consoleId, answered, strays))
}

function requeued(core: Core, { ops, changed }: ReturnType<Outbox['putBack']>): void {
  if (changed.length === 0) return
  writeVault(core, ops, [{ do: 'inVault', commandIds: changed.map((entry) => entry.command.id) }])
  for (const entry of changed) if (!entry.inJournal) journalCommand(core, entry.command.id)
  showQueue(core)
}

/** Makes the board replay what the outbox holds for the signed-in person. */
export function showQueue(core: Core): void {
  const mine = core.myConsole()
  core.board.setQueue(core.identity?.me ?? null, mine ? core.outbox.shown(mine.consoleId).map((entry) => entry.command) : [])
  core.queueChanged = true
}

/** Remembers the highest sequence the desk has answered. */
export function setAnswered(core: Core, mine: ConsoleRow, answered: number): void {
  if (mine.answered === answered) return
  const row = { ...mine, answered }
  core.consoles.set(mine.consoleId, row)
  writeVault(core, [put('console', mine.consoleId, row)])
}

/** Whether the visible base holds everything up to an accepted command. */
export function isCovered(core: Core, generation: number, revision: number): boolean {
  const { replica } = core
  return replica !== null && (generation < replica.generation || (generation === replica.generation && revision <= replica.cursor.revision))
}

function settle(core: Core, answer: Answer): void {
  const entry = core.outbox.get(answer.id)
  if (!entry) return
  if (answer.outcome === 'refused') return refused(core, answer)
  const generation = core.loading?.generation ?? core.replica?.generation ?? 0
  const covered = entry.covered || isCovered(core, generation, answer.revision)
  writeVault(core, [
    core.outbox.change(answer.id, { progress: { at: 'accepted', answer, generation, answeredAt: core.now() }, covered }),
    ...(core.attention.delete(answer.id) ? [remove('attention', answer.id)] : [])
  ])
  if (covered) core.touch(core.board.retire(new Set([answer.id])))
}

function refused(core: Core, answer: Extract<Answer, { outcome: 'refused' }>): void {
  const entry = core.outbox.get(answer.id)
  if (!entry) return
  const ops = [core.outbox.change(answer.id, { progress: { at: 'refused', answer, answeredAt: core.now() }, covered: true })]
  if (!entry.withdrawn) {
    const row = { deskId: entry.deskId, command: entry.command, answer, refusedAt: core.now() }
    core.attention.set(answer.id, row)
    ops.push(put('attention', answer.id, row))
  }
  writeVault(core, ops)
  core.touch([...core.board.retire(new Set([answer.id])), keyOf(entry.command.record)])
}

/** Refuses a command here, because it can never be answered, and lets a stand-in keep its place in the sequence. */
function setAside(core: Core, commandId: string, refusal: Refusal): void {
  const entry = core.outbox.get(commandId)
  if (!entry || entry.command.type === WITHDRAWN) return
  const answer: Answer = {
    outcome: 'refused',
    id: entry.command.id,
    sequence: entry.command.sequence,
    revision: 0,
    refusal,
    overtakenBy: null
  }
  const row = { deskId: entry.deskId, command: entry.command, answer, refusedAt: core.now() }
  core.attention.set(commandId, row)
  writeVault(core, [core.outbox.change(commandId, { withdrawn: true }), put('attention', commandId, row)])
  core.touch(core.board.retire(new Set([commandId])))
  core.do({ type: 'tell', window: 'all', message: { type: 'confirmed', answers: [answer] } })
  core.stateChanged = true
}

function rest(core: Core, milliseconds: number): void {
  core.pushResting = true
  core.do({ type: 'setTimer', timer: PUSH_TIMER, delay: milliseconds })
}
