import { create } from 'zustand'
import type { CaseId, CustomerId } from '#shared/domain/identity.ts'
import type { ListKey } from './case-lists.ts'

/** What the main part of the console shows. */
export type Screen =
  | { readonly name: 'list'; readonly list: ListKey }
  | { readonly name: 'customers'; readonly customerId: CustomerId | null }
  | { readonly name: 'attention' }
  | { readonly name: 'settings' }

/** The form that is open on a case. */
export type CaseForm = 'assign' | 'severity' | 'wait' | 'resolve' | 'close' | 'reopen' | 'details'
export type ComposerTab = 'update' | 'note' | 'call'

type ViewState = {
  readonly screen: Screen
  readonly caseId: CaseId | null
  readonly form: CaseForm | null
  readonly composer: ComposerTab
  /** Somebody asked to write: the composer takes the cursor and clears this. */
  readonly composerAsked: boolean
  /** The intake draft on screen; others are parked. */
  readonly intakeId: string | null
  readonly paletteOpen: boolean
  readonly keysOpen: boolean
}

type ViewActions = {
  readonly show: (screen: Screen) => void
  readonly openCase: (caseId: CaseId | null) => void
  readonly openForm: (form: CaseForm | null) => void
  readonly compose: (tab: ComposerTab) => void
  readonly composerReady: () => void
  readonly showIntake: (draftId: string | null) => void
  readonly openPalette: (open: boolean) => void
  readonly openKeys: (open: boolean) => void
}

/** View state of this window: where the person is, nothing of the desk's records. */
export const useView = create<ViewState & ViewActions>((set) => ({
  screen: { name: 'list', list: 'open' },
  caseId: null,
  form: null,
  composer: 'update',
  composerAsked: false,
  intakeId: null,
  paletteOpen: false,
  keysOpen: false,
  show: (screen) => set({ screen, intakeId: null, caseId: null, form: null }),
  openCase: (caseId) => set((view) => (view.caseId === caseId ? { intakeId: null } : { caseId, form: null, intakeId: null })),
  openForm: (form) => set({ form }),
  compose: (composer) => set({ composer, form: null, composerAsked: true }),
  composerReady: () => set({ composerAsked: false }),
  showIntake: (intakeId) => set({ intakeId }),
  openPalette: (paletteOpen) => set({ paletteOpen }),
  openKeys: (keysOpen) => set({ keysOpen })
}))
