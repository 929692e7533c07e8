import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { typed } from '../text.ts'
import { admit } from './lifecycle.ts'

/** An internal note. Always appends, in every status: a fact that was true is never refused for the case's state. */
export const note = defineCommand({
  type: 'note',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: typed(20_000) }),
  refers: () => [],
  decide: (state, payload) => {
    const found = admit(state, 'note')
    if (!found.accepted) return found
    return payload.text === '' ? refuse('textRequired', { field: 'text' }) : accept({ type: 'noteAdded', text: payload.text })
  }
})
