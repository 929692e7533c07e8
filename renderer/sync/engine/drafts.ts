import type { Draft } from '../engine-api.ts'
import type { Asker, Core } from './core.ts'
import { writeJournal, writeVault } from './disk.ts'
import { MESSAGES } from './messages.ts'
import { put, remove } from './store-op.ts'

export const DRAFT_TIMER = 'drafts'
/** The vault has every keystroke; the journal follows at this distance, for the day on which the browser loses its store. */
const JOURNAL_AFTER = 2_000

/** The signed-in person's drafts, the newest last. */
export function drafts(core: Core, asker: Asker): void {
  const me = core.identity?.me?.id
  const mine = [...core.drafts.values()].filter((row) => row.actorId === me && row.deskId === core.identity?.deskId).map((row) => row.draft)
  core.answer(
    asker,
    mine.toSorted((a, b) => a.changedAt - b.changedAt)
  )
}

/** Saves a draft whole; the answer means that it is on the disk. */
export function saveDraft(core: Core, asker: Asker, draft: Draft): void {
  const { identity } = core
  if (!identity?.me) return core.answer(asker, { ok: false, problem: MESSAGES.notSignedIn })
  const row = { deskId: identity.deskId, actorId: identity.me.id, draft }
  core.drafts.set(draft.id, row)
  const timed = core.unjournaledDrafts.size > 0
  core.unjournaledDrafts.add(draft.id)
  if (!timed) journalDraftsLater(core)
  writeVault(core, [put('draft', draft.id, row)], [{ do: 'answer', asker, answer: { ok: true } }])
}

export function dropDraft(core: Core, asker: Asker, id: string): void {
  core.drafts.delete(id)
  core.unjournaledDrafts.delete(id)
  if (core.draftLines.delete(id)) writeJournal(core, { type: 'draftDropped', id })
  writeVault(core, [remove('draft', id)], [{ do: 'answer', asker, answer: { ok: true } }])
}

/** Sets the timer for drafts that the journal does not hold as they are now. */
export function journalDraftsLater(core: Core): void {
  if (core.journalKept && core.unjournaledDrafts.size > 0) core.do({ type: 'setTimer', timer: DRAFT_TIMER, delay: JOURNAL_AFTER })
}

/** Brings the journal's drafts up to date. */
export function journalDrafts(core: Core): void {
  for (const id of core.unjournaledDrafts) {
    const row = core.drafts.get(id)
    const line = row ? writeJournal(core, { type: 'draft', row }) : null
    if (line !== null) core.draftLines.set(id, line)
  }
  core.unjournaledDrafts.clear()
}
