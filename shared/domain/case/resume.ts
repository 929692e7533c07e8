import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { workable } from './workable.ts'

/** Ends a wait by hand. */
export const resume = defineCommand({
  type: 'resume',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({}),
  refers: () => [],
  decide: (state) => {
    const found = workable(state)
    if (!found.accepted) return found
    return found.state.waiting
      ? accept({ type: 'waitEnded', because: 'resumed' })
      : refuse('caseNotWaiting', { number: found.state.number })
  }
})
