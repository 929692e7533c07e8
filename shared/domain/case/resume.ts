import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { standingWait } from '../sla/standing.ts'
import { admit } from './lifecycle.ts'

/** Ends by hand the wait that stood when the person ended it. */
export const resume = defineCommand({
  type: 'resume',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({}),
  refers: () => [],
  decide: (state, _, context) => {
    const found = admit(state, 'resume')
    if (!found.accepted) return found
    const { marks, number } = found.state
    return standingWait(marks, context.occurredAt)
      ? accept({ type: 'waitEnded', because: 'resumed' })
      : refuse('caseNotWaiting', { number })
  }
})
