import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import { useStore } from 'zustand'
import type { Presence } from '#shared/protocol/presence.ts'
import { useConsole } from './console.tsx'

type PresenceState = { readonly byCase: ReadonlyMap<string, readonly Presence[]> }
export type PresenceStore = StoreApi<PresenceState> & { readonly replace: (presences: readonly Presence[], me: string | null) => void }

const NOBODY: readonly Presence[] = []

/** Who else looks at which case, as last heard. */
export function createPresence(): PresenceStore {
  const store = createStore<PresenceState>(() => ({ byCase: new Map() }))
  return Object.assign(store, {
    replace: (presences: readonly Presence[], me: string | null) => {
      const byCase = new Map<string, Presence[]>()
      for (const presence of presences) {
        if (presence.caseId === null || presence.personId === me) continue
        byCase.set(presence.caseId, [...(byCase.get(presence.caseId) ?? []), presence])
      }
      store.setState({ byCase })
    }
  })
}

/** The people at a case, beside me. */
export function useViewers(caseId: string): readonly Presence[] {
  return useStore(useConsole().presence, (presence) => presence.byCase.get(caseId) ?? NOBODY)
}
