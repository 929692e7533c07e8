import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'

/** An internal note. Always appends, in every status: a fact that was true is never refused for the case's state. */
export const note = defineCommand({
  type: 'note',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: z.string().trim().min(1).max(20_000) }),
  refers: () => [],
  decide: (state, payload) => (state ? accept({ type: 'noteAdded', text: payload.text }) : refuse('recordNotFound'))
})
