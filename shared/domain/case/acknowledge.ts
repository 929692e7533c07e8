import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { workable } from './workable.ts'

/** A named person takes notice of the case and the customer was told so. First one wins, the second is refused by name. */
export const acknowledge = defineCommand({
  type: 'acknowledge',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({}),
  refers: (_, state) => (state?.acknowledgedBy ? [{ kind: 'person', id: state.acknowledgedBy }] : []),
  decide: (state, _, context) => {
    const found = workable(state)
    if (!found.accepted) return found
    const { acknowledgedBy } = found.state
    if (acknowledgedBy === context.actor.id) return accept()
    if (acknowledgedBy)
      return refuse('alreadyAcknowledged', {
        by: context.directory.person(acknowledgedBy)?.name ?? acknowledgedBy,
        at: found.state.acknowledgedAt
      })
    return accept({ type: 'caseAcknowledged' })
  }
})
