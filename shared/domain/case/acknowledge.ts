import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { admitFact } from './lifecycle.ts'

/**
 * A named person takes notice of the case and the customer was told so. First one wins, the second is refused by name; first is who did it first,
 * so that an acknowledgement made offline keeps its credit (SLA-11).
 */
export const acknowledge = defineCommand({
  type: 'acknowledge',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({}),
  refers: (_, state) => (state?.acknowledgedBy ? [{ kind: 'person', id: state.acknowledgedBy }] : []),
  decide: (state, _, context) => {
    const found = admitFact(state, 'acknowledge', context.occurredAt)
    if (!found.accepted) return found
    const { acknowledgedBy, acknowledgedAt } = found.state
    if (acknowledgedAt === null || context.occurredAt < acknowledgedAt) return accept({ type: 'caseAcknowledged' })
    if (acknowledgedBy === null || acknowledgedBy === context.actor.id) return accept()
    return refuse('alreadyAcknowledged', { by: context.directory.person(acknowledgedBy)?.name ?? acknowledgedBy, at: acknowledgedAt })
  }
})
