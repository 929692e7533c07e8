import type { Command } from '#shared/domain/command.ts'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandType } from '#shared/domain/desk.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import { COMMAND_SCHEMA } from '#shared/protocol/version.ts'
import type { Asker, Core } from './core.ts'
import { journalCommand, writeJournal, writeVault } from './disk.ts'
import { MESSAGES } from './messages.ts'
import type { Submission } from './question.ts'
import { remove } from './store-op.ts'
import type { StoreOp } from './store-op.ts'

/** What an unknown clock is worth: a day either way. */
const UNMEASURED = 86_400_000

/**
 * Decides a command on the visible desk, shows it at once and starts to save it. The window is told the decision now, "saved" when
 * vault and journal hold it, "confirmed" when the server has answered (SYNC-3).
 */
export function submit(core: Core, asker: Asker, id: CommandId, type: string, recordId: string, payload: Command['payload']): void {
  const submission = decide(core, id, type, recordId, payload, () => [])
  if (isTooEarly(core, submission))
    core.held.push({ asker, question: { name: 'submit', body: { commandId: id, commandType: type, recordId, payload } } })
  else core.answer(asker, submission)
}

/** Gives a refused command again as a new one, decided on the desk as it is now. It leaves attention only if it stands. */
export function applyAgain(core: Core, asker: Asker, commandId: CommandId, newId: CommandId): void {
  const again = core.outbox.get(newId)
  if (again) return core.answer(asker, { accepted: true, commandId: newId, record: again.command.record })
  const row = core.attention.get(commandId)
  if (!row || row.command.actorId !== core.identity?.me?.id) return core.answer(asker, { problem: MESSAGES.noSuchAttention })
  const submission = decide(core, newId, row.command.type, row.command.record.id, row.command.payload, () => withdraw(core, commandId))
  if (submission.accepted) forgetAttention(core, commandId)
  if (isTooEarly(core, submission)) core.held.push({ asker, question: { name: 'applyAgain', body: { commandId, newId } } })
  else core.answer(asker, submission)
}

/** A refusal by a desk that is still being read from the disk says nothing: it is decided again when all of it is there. */
function isTooEarly(core: Core, submission: Submission): boolean {
  return !submission.accepted && core.reading !== null
}

/** Lets a refused command go. The desk keeps what it was sent; this computer no longer shows it. */
export function discard(core: Core, asker: Asker, commandId: CommandId): void {
  const row = core.attention.get(commandId)
  if (!row || row.command.actorId !== core.identity?.me?.id) return core.answer(asker, { ok: false, problem: MESSAGES.noSuchAttention })
  const ops = withdraw(core, commandId)
  forgetAttention(core, commandId)
  writeVault(core, ops, [{ do: 'answer', asker, answer: { ok: true } }])
}

function decide(
  core: Core,
  id: CommandId,
  type: string,
  recordId: string,
  payload: Command['payload'],
  alsoWrite: () => readonly StoreOp[]
): Submission {
  const mine = core.myConsole()
  const me = core.identity?.me
  if (!mine || !me || !core.identity) return { accepted: false, refusal: { code: 'notSignedIn', detail: {} } }
  const known = core.outbox.get(id)
  if (known) return { accepted: true, commandId: id, record: known.command.record }
  if (!Object.hasOwn(COMMANDS, type)) return { accepted: false, refusal: { code: 'unknownCommand', detail: { type } } }
  const now = core.now()
  const command: Command = {
    id,
    consoleId: mine.consoleId as Command['consoleId'],
    sequence: core.outbox.nextSequence(mine.consoleId, mine.answered),
    actorId: me.id,
    type,
    schema: COMMAND_SCHEMA,
    record: { kind: COMMANDS[type as CommandType].kind, id: recordId },
    payload,
    occurredAt: now,
    uncertainty: Math.min(core.clock.uncertainty(core.at) ?? UNMEASURED, 100 * UNMEASURED),
    decidedOn: core.replica?.cursor.revision ?? 0
  }
  const replayed = core.board.try(command)
  if (replayed.outcome === 'fault') {
    core.do({ type: 'fault', doing: `deciding a ${type}`, error: replayed.error })
    return { accepted: false, refusal: { code: 'couldNotBeJudged', detail: { type } } }
  }
  if (replayed.outcome === 'noEffect' && replayed.refusal) return { accepted: false, refusal: replayed.refusal }
  const op = core.outbox.add({
    ordinal: core.outbox.nextOrdinal(),
    deskId: core.identity.deskId,
    command,
    progress: { at: 'queued' },
    withdrawn: false,
    line: null,
    inVault: false,
    inJournal: false,
    covered: false
  })
  writeVault(core, [op, ...alsoWrite()], [{ do: 'inVault', commandIds: [command.id] }])
  journalCommand(core, command.id)
  core.shown.push(...core.board.append(command, replayed))
  core.stateChanged = true
  return { accepted: true, commandId: command.id, record: command.record }
}

/** The refused command will never be asked for again, not even by a desk that forgot having refused it. */
function withdraw(core: Core, commandId: CommandId): readonly StoreOp[] {
  writeJournal(core, { type: 'withdrawn', commandId })
  return [remove('attention', commandId), ...(core.outbox.get(commandId) ? [core.outbox.change(commandId, { withdrawn: true })] : [])]
}

function forgetAttention(core: Core, commandId: CommandId): void {
  core.attention.delete(commandId)
  core.stateChanged = true
}
