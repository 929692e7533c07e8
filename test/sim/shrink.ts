import type { PlantedFault } from './faults.ts'
import { CALM } from './network.ts'
import type { Action, Plan } from './plan.ts'
import { run } from './run.ts'
import { QUIET_STORE } from './store/model-store.ts'
import type { Invariant } from './violation.ts'

export type Shrunk = { readonly plan: Plan; readonly runs: number }

/**
 * Makes a failing plan as small as it gets while the same promise is still broken: fewer actions (in halves, quarters, … one by one), no
 * bad weather, fewer consoles and nodes. `runs` bounds the work.
 */
export async function shrink(plan: Plan, invariant: Invariant, planted: PlantedFault | null, runs: number): Promise<Shrunk> {
  let smallest = plan
  let tried = 0
  const fails = async (candidate: Plan): Promise<boolean> => {
    if (tried >= runs) return false
    tried += 1
    const { violations } = await run(candidate, { planted })
    const failed = violations.some((violation) => violation.invariant === invariant)
    if (failed) smallest = candidate
    return failed
  }

  await fails({ ...smallest, network: CALM })
  await fails({ ...smallest, store: QUIET_STORE })
  await fails({ ...smallest, skew: smallest.skew.map(() => 0) })
  for (let size = Math.ceil(smallest.actions.length / 2); size >= 1 && tried < runs; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = smallest.actions.length - size; from > -size && tried < runs; from -= size) {
      const start = Math.max(0, from)
      await fails({ ...smallest, actions: without(smallest.actions, start, size) })
    }
  }
  while (smallest.nodes > 1 && (await fails({ ...smallest, nodes: smallest.nodes - 1 })));
  while (smallest.consoles > 1 && (await fails({ ...smallest, consoles: smallest.consoles - 1 })));
  return { plan: smallest, runs: tried }
}

/** The actions but these; the time that they took passes all the same. */
function without(actions: readonly Action[], start: number, size: number): readonly Action[] {
  const gone = actions.slice(start, start + size).reduce((sum, action) => sum + action.gap, 0)
  const next = actions[start + size]
  return [...actions.slice(0, start), ...(next ? [{ ...next, gap: next.gap + gone }] : []), ...actions.slice(start + size + 1)]
}
