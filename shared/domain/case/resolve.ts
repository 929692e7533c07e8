import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import type { CaseFact } from './fact.ts'
import { ResolutionCode } from './fact.ts'
import { workable } from './workable.ts'

/** The matter is dealt with and the customer told how; what follows is closure or a re-opening. */
export const resolve = defineCommand({
  type: 'resolve',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ code: ResolutionCode, text: z.string().trim().min(1).max(20_000) }),
  refers: () => [],
  decide: (state, payload) => {
    const found = workable(state)
    if (!found.accepted) return found
    if (payload.code === 'imported') return refuse('malformed', { problem: 'imported is for imports' })
    const facts: CaseFact[] = found.state.waiting ? [{ type: 'waitEnded', because: 'resolved' }] : []
    facts.push({ type: 'caseResolved', code: payload.code, text: payload.text })
    return accept(...facts)
  }
})
