import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { typed } from '../text.ts'
import type { CaseFact } from './fact.ts'
import { ContactChannel } from './fact.ts'
import { admitFact } from './lifecycle.ts'

/**
 * A customer-facing update: ends RESPONSE if it is the first, restarts UPDATE (SLA-2, SLA-3). A named person telling the customer also
 * acknowledges a case that nobody had acknowledged by then (SLA-16).
 */
export const updateCustomer = defineCommand({
  type: 'updateCustomer',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: typed(20_000), via: ContactChannel }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admitFact(state, 'updateCustomer', context.occurredAt)
    if (!found.accepted) return found
    if (payload.text === '') return refuse('textRequired', { field: 'text' })
    const { acknowledgedAt } = found.state
    const facts: CaseFact[] = []
    if (acknowledgedAt === null || context.occurredAt < acknowledgedAt) facts.push({ type: 'caseAcknowledged' })
    facts.push({ type: 'customerUpdated', text: payload.text, via: payload.via })
    return accept(...facts)
  }
})
