import type { Core } from './core.ts'
import { journalCommand, writeJournal, writeVault } from './disk.ts'
import { journalDrafts } from './drafts.ts'
import { pumpFold } from './fold.ts'

export const HOUSEKEEPING_TIMER = 'housekeeping'
const EVERY = 60_000

/** Lines that may lie in the journal for nothing before it is cut, and a journal that long is written anew around what still counts. */
const CUT_FROM = 200
const TOO_LONG = 4_000

/** What can wait for a quiet minute: forgetting what is past retention, cutting the journal, folding the replica. */
export function keepHouse(core: Core): void {
  core.do({ type: 'setTimer', timer: HOUSEKEEPING_TIMER, delay: EVERY })
  writeVault(
    core,
    core.outbox.prune(core.now(), (commandId) => core.attention.has(commandId))
  )
  cutJournal(core)
  pumpFold(core, core.link.at !== 'up' || core.catchUpFrom === null)
}

function cutJournal(core: Core): void {
  if (!core.journalKept || core.journalLines.length > 0 || !core.outbox.wholeInJournal()) return
  const first = Math.min(core.outbox.firstLine() ?? core.nextLine, ...core.draftLines.values())
  if (first - core.cutThrough > CUT_FROM) {
    core.cutThrough = first - 1
    core.do({ type: 'trimJournal', through: core.cutThrough })
  }
  // One old command at the head, somebody else's perhaps, keeps everything behind it: then the few that count are written at the end.
  if (core.nextLine - first > TOO_LONG && (core.outbox.size + core.draftLines.size) * 4 < core.nextLine - first) rewriteJournal(core)
}

function rewriteJournal(core: Core): void {
  for (const id of core.draftLines.keys()) core.unjournaledDrafts.add(id)
  journalDrafts(core)
  for (const entry of core.outbox.entries()) {
    core.outbox.change(entry.command.id, { inJournal: false })
    journalCommand(core, entry.command.id)
    if (entry.withdrawn) writeJournal(core, { type: 'withdrawn', commandId: entry.command.id })
  }
}
