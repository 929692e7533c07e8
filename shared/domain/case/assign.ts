import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { PersonId, QueueId } from '../identity.ts'
import { refuseOwner } from './belongs.ts'
import { admit } from './lifecycle.ts'

/**
 * Moves a case to a queue, a person or both. `expectedAssigneeId` is the owner the agent saw: when two people claim at
 * once the first wins and the second is refused by name.
 */
export const assign = defineCommand({
  type: 'assign',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ queueId: QueueId, assigneeId: PersonId.nullable(), expectedAssigneeId: PersonId.nullable() }),
  refers: (payload, state) => [
    { kind: 'queue', id: payload.queueId },
    ...[payload.assigneeId, state?.assigneeId].flatMap((id) => (id ? [{ kind: 'person' as const, id }] : []))
  ],
  decide: (state, payload, context) => {
    const found = admit(state, 'assign')
    if (!found.accepted) return found
    const { assigneeId, queueId } = found.state
    if (assigneeId === payload.assigneeId && queueId === payload.queueId) return accept()
    const cannot = refuseOwner(payload.queueId, payload.assigneeId, context.directory)
    if (cannot) return cannot
    if (assigneeId !== payload.expectedAssigneeId && assigneeId !== payload.assigneeId)
      return refuse('alreadyAssigned', { to: assigneeId ? (context.directory.person(assigneeId)?.name ?? assigneeId) : null })
    return accept({ type: 'caseAssigned', queueId: payload.queueId, assigneeId: payload.assigneeId })
  }
})
