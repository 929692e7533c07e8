import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Instant } from '../instant.ts'
import { typed } from '../text.ts'
import { keepWords } from './keep-words.ts'
import { admit } from './lifecycle.ts'

/**
 * Closes a resolved case. `seenContactAt` is the newest customer contact or update the person saw: closing a case that
 * somebody just updated is refused with that instant shown, and so is a late closure of a case that was re-opened and resolved again since.
 */
export const close = defineCommand({
  type: 'close',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: typed(20_000), seenContactAt: Instant.nullable() }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admit(state, 'close')
    if (!found.accepted) return found
    const { status, lastContactAt, resolvedAt } = found.state
    if (status === 'closed') return keepWords(payload.text)
    if (lastContactAt !== null && (payload.seenContactAt === null || lastContactAt > payload.seenContactAt))
      return refuse('updatedMeanwhile', { at: lastContactAt })
    if (resolvedAt !== null && context.occurredAt < resolvedAt) return refuse('updatedMeanwhile', { at: resolvedAt })
    return accept({ type: 'caseClosed', text: payload.text })
  }
})
