import { create } from 'zustand'
import type { Instant } from '#shared/domain/instant.ts'

/** A call that rings or was taken without being written down yet. `from` is null when the number is withheld. */
export type Call = { readonly id: string; readonly from: string | null; readonly rangAt: Instant }

type Calls = { readonly ringing: readonly Call[]; readonly ring: (call: Call) => void; readonly forget: (id: string) => void }

export const useCalls = create<Calls>((set) => ({
  ringing: [],
  ring: (call) => set(({ ringing }) => ({ ringing: [...ringing.filter((known) => known.id !== call.id), call] })),
  forget: (id) => set(({ ringing }) => ({ ringing: ringing.filter((call) => call.id !== id) }))
}))
