import type { DeskStore } from '#server/desk-store.ts'
import type { Core } from '#renderer/sync/engine/core.ts'
import type { StoreSeams } from './store/model-store.ts'

/** A deliberately broken part, put in where the simulator joins the production code to its edges. */
export type PlantedFault = {
  readonly name: string
  /** What breaks, in the words of the table. */
  readonly what: string
  readonly store?: Partial<StoreSeams>
  /** Wraps the store as a server node sees it. */
  readonly server?: (store: DeskStore) => DeskStore
  /** Changes a console's engine as it starts. */
  readonly engine?: (core: Core) => void
}
