import { plantedFault } from './planted.ts'
import { planFor } from './plan.ts'
import { run } from './run.ts'
import { Violation } from './violation.ts'
import type { Invariant } from './violation.ts'

/** One in so many seeds is run twice, and both runs must agree event for event. */
const TWICE = 50

export type SeedResult = {
  readonly seed: number
  readonly events: number
  readonly milliseconds: number
  readonly hash: string
  readonly violations: readonly { readonly invariant: Invariant; readonly message: string }[]
}

/** Runs one seed and, now and then, the same again. */
export async function runSeed(seed: number, operations: number, fault: string | null): Promise<SeedResult> {
  const planted = fault === null ? null : (plantedFault(fault) ?? null)
  const plan = planFor(seed, operations)
  const startedAt = performance.now()
  const outcome = await run(plan, { planted })
  const violations = [...outcome.violations]
  if (violations.length === 0 && seed % TWICE === 0) {
    const again = await run(plan, { planted })
    if (again.hash !== outcome.hash)
      violations.push(new Violation('deterministic', `two runs of one seed went apart: ${outcome.hash} and ${again.hash}`))
  }
  return {
    seed,
    events: outcome.events,
    milliseconds: performance.now() - startedAt,
    hash: outcome.hash,
    violations: violations.map(({ invariant, message }) => ({ invariant, message }))
  }
}
