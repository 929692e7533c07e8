import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { PersonId, QueueId } from '../identity.ts'
import { workable } from './workable.ts'

/**
 * Moves a case to a queue, a person or both. `expectedAssigneeId` is the owner the agent saw: when two people claim at
 * once the first wins and the second is refused by name.
 */
export const assign = defineCommand({
  type: 'assign',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ queueId: QueueId, assigneeId: PersonId.nullable(), expectedAssigneeId: PersonId.nullable() }),
  refers: (payload, state) => [payload.assigneeId, state?.assigneeId].flatMap((id) => (id ? [{ kind: 'person' as const, id }] : [])),
  decide: (state, payload, context) => {
    const found = workable(state)
    if (!found.accepted) return found
    const { assigneeId, queueId } = found.state
    if (!context.directory.queue(payload.queueId)) return refuse('queueNotFound')
    if (payload.assigneeId) {
      const assignee = context.directory.person(payload.assigneeId)
      if (!assignee) return refuse('personNotFound')
      if (!assignee.active || assignee.role === 'wall') return refuse('personCannotOwnCases', { person: assignee.name })
    }
    if (assigneeId === payload.assigneeId && queueId === payload.queueId) return accept()
    if (assigneeId !== payload.expectedAssigneeId && assigneeId !== payload.assigneeId)
      return refuse('alreadyAssigned', { to: assigneeId ? (context.directory.person(assigneeId)?.name ?? assigneeId) : null })
    return accept({ type: 'caseAssigned', queueId: payload.queueId, assigneeId: payload.assigneeId })
  }
})
