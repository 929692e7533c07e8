import type { DeskStore } from '#server/desk-store.ts'
import type { Core } from '#renderer/sync/engine/core.ts'
import type { Effect } from '#renderer/sync/engine/effect.ts'
import type { Input } from '#renderer/sync/engine/input.ts'
import type { DiskSeams } from './console/storage.ts'
import type { StoreSeams } from './store/model-store.ts'

/** A deliberately broken part, put in where the simulator joins the production code to its edges. */
export type PlantedFault = {
  readonly name: string
  /** What is broken, in the words of the table in docs/simulation.md. */
  readonly what: string
  readonly store?: Partial<StoreSeams>
  readonly disks?: Partial<DiskSeams>
  /** Wraps the store as a server node sees it. */
  readonly server?: (store: DeskStore) => DeskStore
  /** Changes what reaches a console's engine, what it wants done, or the engine itself after an input. */
  readonly input?: (input: Input, core: Core) => Input
  readonly effect?: (effect: Effect, core: Core) => Effect
  readonly after?: (core: Core, input: Input) => void
}
