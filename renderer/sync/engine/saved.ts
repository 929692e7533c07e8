import type { Core } from './core.ts'

/** The vault has these commands on disk; returns those that are saved by that. */
export function markInVault(core: Core, commandIds: readonly string[]): readonly string[] {
  return mark(core, commandIds, 'inVault')
}

/** The journal has these commands on disk; returns those that are saved by that. */
export function markInJournal(core: Core, commandIds: readonly string[]): readonly string[] {
  return mark(core, commandIds, 'inJournal')
}

/** "Saved on this computer" means both (SYNC-3); pushing needs one of them (SYNC-4). */
export function isSaved(core: Core, entry: { readonly inVault: boolean; readonly inJournal: boolean }): boolean {
  return entry.inVault && (entry.inJournal || !core.journalKept)
}

function mark(core: Core, commandIds: readonly string[], where: 'inVault' | 'inJournal'): readonly string[] {
  const saved: string[] = []
  for (const id of commandIds) {
    const before = core.outbox.get(id)
    if (!before || before[where]) continue
    core.outbox.change(id, { [where]: true })
    const now = core.outbox.get(id)
    if (now && isSaved(core, now)) saved.push(id)
  }
  if (saved.length > 0) core.do({ type: 'tell', window: 'all', message: { type: 'saved', commandIds: saved } })
  return saved
}
