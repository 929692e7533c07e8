import type { Draft } from '../engine-api.ts'
import type { Asker, Core } from './core.ts'
import { writeVault } from './disk.ts'
import { MESSAGES } from './messages.ts'
import { put, remove } from './store-op.ts'

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
  writeVault(core, [put('draft', draft.id, row)], [{ do: 'answer', asker, answer: { ok: true } }])
}

export function dropDraft(core: Core, asker: Asker, id: string): void {
  core.drafts.delete(id)
  writeVault(core, [remove('draft', id)], [{ do: 'answer', asker, answer: { ok: true } }])
}
