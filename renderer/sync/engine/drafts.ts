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
  const key = draftKey(row)
  core.drafts.set(key, row)
  const timed = core.unjournaledDrafts.size > 0
  core.unjournaledDrafts.add(key)
  if (!timed) journalDraftsLater(core)
  writeVault(core, [put('draft', key, row)], [{ do: 'answer', asker, answer: { ok: true } }])
}

/** Drops a draft of the signed-in person; somebody else's under the same name stays. */
export function dropDraft(core: Core, asker: Asker, id: string): void {
  const { identity } = core
  if (!identity?.me) return core.answer(asker, { ok: false, problem: MESSAGES.notSignedIn })
  const key = draftKey({ deskId: identity.deskId, actorId: identity.me.id, draft: { id } })
  core.drafts.delete(key)
  core.unjournaledDrafts.delete(key)
  if (core.draftLines.delete(key)) writeJournal(core, { type: 'draftDropped', id: key })
  writeVault(core, [remove('draft', key)], [{ do: 'answer', asker, answer: { ok: true } }])
}

/** Windows name a draft by what it is for, the same for everybody; on the disk it is one person's at one desk (SYNC-15). */
export function draftKey({
  deskId,
  actorId,
  draft
}: {
  readonly deskId: string
  readonly actorId: string
  readonly draft: { readonly id: string }
}): string {
  return `${deskId}/${actorId}/${draft.id}`
}

/** Sets the timer for drafts that the journal does not hold as they are now. */
export function journalDraftsLater(core: Core): void {
  if (core.journalKept && core.unjournaledDrafts.size > 0) core.do({ type: 'setTimer', timer: DRAFT_TIMER, delay: JOURNAL_AFTER })
}

/** Brings the journal's drafts up to date. */
export function journalDrafts(core: Core): void {
  for (const key of core.unjournaledDrafts) {
    const row = core.drafts.get(key)
    const line = row ? writeJournal(core, { type: 'draft', row }) : null
    if (line !== null) core.draftLines.set(key, line)
  }
  core.unjournaledDrafts.clear()
}
