import { create } from 'zustand'
import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { CaseId, CustomerId } from '#shared/domain/identity.ts'
import type { ListKey } from './case-lists.ts'

const ListName = z.union([z.enum(['open', 'mine', 'ended']), z.string().startsWith('queue:')]).transform((name) => name as ListKey)

/** What the main part of the console shows. */
const Screen = z.discriminatedUnion('name', [
  z.object({ name: z.literal('list'), list: ListName }),
  z.object({ name: z.literal('customers'), customerId: CustomerId.nullable() }),
  z.object({ name: z.literal('attention') }),
  z.object({ name: z.literal('settings') })
])
export type Screen = z.infer<typeof Screen>

/** The form that is open on a case. */
export type CaseForm = 'assign' | 'severity' | 'wait' | 'resolve' | 'close' | 'reopen' | 'details'
export type ComposerTab = 'update' | 'note' | 'call'

/** Where the person is, as far as it outlives a page that crashed and was loaded again. */
const Place = z.object({ screen: Screen, caseId: CaseId.nullable(), intakeId: z.string().nullable() })
type Place = z.infer<typeof Place>

type ViewState = Place & {
  /** A case that is not on this console, as the server's search gave it: shown for reading only. */
  readonly elsewhere: CaseState | null
  readonly form: CaseForm | null
  readonly composer: ComposerTab
  /** Somebody asked to write: the composer takes the cursor and clears this. */
  readonly composerAsked: boolean
  readonly paletteOpen: boolean
  readonly keysOpen: boolean
}

type ViewActions = {
  readonly show: (screen: Screen) => void
  readonly openCase: (caseId: CaseId | null) => void
  readonly openElsewhere: (state: CaseState) => void
  readonly openForm: (form: CaseForm | null) => void
  readonly compose: (tab: ComposerTab) => void
  readonly composerReady: () => void
  readonly showIntake: (draftId: string | null) => void
  readonly openPalette: (open: boolean) => void
  readonly openKeys: (open: boolean) => void
}

const START: Place = { screen: { name: 'list', list: 'open' }, caseId: null, intakeId: null }
const KEY = 'ringdown.place'

/** View state of this window: where the person is, nothing of the desk's records. `intakeId` is the intake on screen; others are parked. */
export const useView = create<ViewState & ViewActions>((set) => ({
  ...lastPlace(),
  elsewhere: null,
  form: null,
  composer: 'update',
  composerAsked: false,
  paletteOpen: false,
  keysOpen: false,
  show: (screen) => set({ screen, intakeId: null, caseId: null, form: null, elsewhere: null }),
  openCase: (caseId) =>
    set((view) => (view.caseId === caseId ? { intakeId: null } : { caseId, form: null, intakeId: null, elsewhere: null })),
  openElsewhere: (state) => set({ elsewhere: state, caseId: state.id, form: null, intakeId: null }),
  openForm: (form) => set({ form }),
  compose: (composer) => set({ composer, form: null, composerAsked: true }),
  composerReady: () => set({ composerAsked: false }),
  showIntake: (intakeId) => set({ intakeId }),
  openPalette: (paletteOpen) => set({ paletteOpen }),
  openKeys: (keysOpen) => set({ keysOpen })
}))

useView.subscribe(({ screen, caseId, intakeId }, before) => {
  if (screen === before.screen && caseId === before.caseId && intakeId === before.intakeId) return
  sessionStorage.setItem(KEY, JSON.stringify({ screen, caseId, intakeId } satisfies Place))
})

/** A session outlives the page but not the window, so a window that is opened anew starts at the list. */
function lastPlace(): Place {
  const kept = sessionStorage.getItem(KEY)
  if (kept === null) return START
  const parsed = z.string().transform(asJson).pipe(Place).safeParse(kept)
  return parsed.success ? parsed.data : START
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
