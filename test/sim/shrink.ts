import type { Action, Plan } from './plan.ts'

/**
 * Makes a failing plan shorter while it still fails: drops runs of actions, halves at first, then single ones, until nothing more can go or
 * the time is used up. `fails` plays a plan and says whether the same promise is still broken.
 */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, milliseconds: number): Promise<Plan> {
  const until = performance.now() + milliseconds
  let actions: readonly Action[] = plan.actions
  for (let size = Math.ceil(actions.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < actions.length && performance.now() < until;) {
      const fewer = actions.toSpliced(from, size)
      if (await fails({ ...plan, actions: fewer })) actions = fewer
      else from += size
    }
  }
  return { ...plan, actions }
}
