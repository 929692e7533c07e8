import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { Plan } from './plan.ts'
import { planFor } from './plan.ts'
import { run } from './run.ts'
import { shrink } from './shrink.ts'

/** A worker thread that plays seeds one after another until the driver has no more of them. */

export type Played = {
  readonly seed: number
  readonly events: number
  readonly violations: readonly { readonly invariant: string; readonly message: string }[]
  /** The shortest plan found that still breaks the same promise; null for a healthy seed. */
  readonly shrunk: Plan | null
}

/** One seed in this many is played twice, and both traces must agree. */
const TWICE_EVERY = 50

const { operations, shrinkFor } = z.object({ operations: z.number().int(), shrinkFor: z.number().int() }).parse(workerData)

parentPort?.on('message', (seed: number) => {
  play(seed).then(
    (played) => parentPort?.postMessage(played),
    (error: unknown) => {
      throw new Error(`seed ${seed} ended the simulator itself`, { cause: error })
    }
  )
})

async function play(seed: number): Promise<Played> {
  const plan = planFor(seed, operations)
  const first = await run(plan)
  const [violation] = first.violations
  if (violation) {
    const fails = async (shorter: Plan) => (await run(shorter)).violations[0]?.invariant === violation.invariant
    return {
      seed,
      events: first.events,
      violations: first.violations.map(({ invariant, message }) => ({ invariant, message })),
      shrunk: await shrink(plan, fails, shrinkFor)
    }
  }
  if (seed % TWICE_EVERY === 0) {
    const second = await run(plan)
    if (second.hash !== first.hash)
      return {
        seed,
        events: first.events,
        violations: [{ invariant: 'deterministic', message: `two runs of seed ${seed} left the traces ${first.hash} and ${second.hash}` }],
        shrunk: plan
      }
  }
  return { seed, events: first.events, violations: [], shrunk: null }
}
