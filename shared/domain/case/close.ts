import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Instant } from '../instant.ts'

/**
 * Closes a resolved case. `seenContactAt` is the newest customer contact or update the person saw: closing a case that
 * somebody just updated is refused with that instant shown.
 */
export const close = defineCommand({
  type: 'close',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: z.string().trim().max(20_000), seenContactAt: Instant.nullable() }),
  refers: () => [],
  decide: (state, payload) => {
    if (!state) return refuse('recordNotFound')
    if (state.status === 'closed') return accept()
    if (state.status !== 'resolved') return refuse('caseNotResolved', { number: state.number, status: state.status })
    if (state.lastContactAt !== null && (payload.seenContactAt === null || state.lastContactAt > payload.seenContactAt))
      return refuse('updatedMeanwhile', { at: state.lastContactAt })
    return accept({ type: 'caseClosed', text: payload.text })
  }
})
