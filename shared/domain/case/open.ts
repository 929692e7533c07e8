import { z } from 'zod'
import { defineCommand } from '../command.ts'
import type { NumberStanding } from '../context.ts'
import { accept, refuse } from '../decision.ts'
import type { Refused } from '../decision.ts'
import { ContactId, CustomerId, ItemId, PersonId, QueueId } from '../identity.ts'
import { Instant } from '../instant.ts'
import { typed } from '../text.ts'
import { refuseContact, refuseItem, refuseOwner } from './belongs.ts'
import { isWellFormed } from './case-number.ts'
import type { CaseFact } from './fact.ts'
import { CaseNumber, Channel } from './fact.ts'
import { DEFAULT_SEVERITY, Level, Severity } from './severity.ts'

const Payload = z.object({
  number: CaseNumber,
  channel: Channel,
  customerId: CustomerId,
  contactId: ContactId.nullable(),
  callerName: typed(200),
  /** Required for phone cases (intake is valid with customer, one line and call-back number). */
  callbackNumber: typed(60).nullable(),
  itemId: ItemId.nullable(),
  subject: typed(200),
  description: typed(20_000),
  impact: Level.nullable(),
  urgency: Level.nullable(),
  /** Null: nobody chose, so the case gets severity 3. */
  severity: Severity.nullable(),
  queueId: QueueId,
  assigneeId: PersonId.nullable(),
  verified: z.boolean(),
  /** The tick of the read-back sheet: what happens next was said to the caller (SLA-2). */
  readBack: z.object({ nextStep: typed(2_000), nextUpdateAt: Instant.nullable() }).nullable(),
  /** Stopwatch readings, milliseconds since the ring. A clock that was set back meanwhile never keeps a case from being saved. */
  steps: z.array(z.object({ field: typed(40), at: z.number().overwrite((at) => Math.max(0, Math.round(at))) })).max(60)
})

/**
 * Opens a case under a number leased to the console, or under a provisional one that stays an alias (CASE rules). A phone
 * case that the agent owns or hands over by name is acknowledged by the same save (SLA-1).
 */
export const open = defineCommand({
  type: 'open',
  kind: 'case',
  ability: 'takeCalls',
  payload: Payload,
  refers: (payload) => [
    { kind: 'customer', id: payload.customerId },
    { kind: 'queue', id: payload.queueId },
    ...(payload.contactId ? [{ kind: 'contact' as const, id: payload.contactId }] : []),
    ...(payload.itemId ? [{ kind: 'item' as const, id: payload.itemId }] : []),
    ...(payload.assigneeId ? [{ kind: 'person' as const, id: payload.assigneeId }] : [])
  ],
  decide: (state, payload, context) => {
    if (state) return refuse('recordExists', { number: state.number })
    const customer = context.directory.customer(payload.customerId)
    if (!customer) return refuse('customerNotFound')
    if (!customer.active) return refuse('customerInactive', { customer: customer.name })
    if (payload.subject === '') return refuse('textRequired', { field: 'subject' })
    if (payload.channel === 'phone' && !payload.callbackNumber) return refuse('textRequired', { field: 'callbackNumber' })
    if (payload.readBack?.nextStep === '') return refuse('textRequired', { field: 'nextStep' })
    if (payload.readBack && payload.readBack.nextUpdateAt !== null && payload.readBack.nextUpdateAt <= context.occurredAt)
      return refuse('endDateNotInFuture', { until: payload.readBack.nextUpdateAt })
    // A console's word that the caller was verified proves nothing; only a verification on record can.
    if (payload.verified) return refuse('malformed', { problem: 'no verification of this caller is on record' })
    const cannot =
      refuseContact(payload.contactId, customer, context.directory) ??
      refuseItem(payload.itemId, customer, context.directory) ??
      refuseOwner(payload.queueId, payload.assigneeId, context.directory)
    if (cannot) return cannot
    const numbers = numbersFor(payload.number, context.number)
    if ('accepted' in numbers) return numbers
    const policy = context.directory.policyFor(customer.plan, context.occurredAt)
    if (!policy) return refuse('policyNotFound', { plan: customer.plan })

    const facts: CaseFact[] = [
      {
        type: 'caseOpened',
        number: numbers.number,
        aliases: numbers.aliases,
        channel: payload.channel,
        customerId: payload.customerId,
        contactId: payload.contactId,
        callerName: payload.callerName,
        callbackNumber: payload.callbackNumber,
        itemId: payload.itemId,
        subject: payload.subject,
        description: payload.description,
        impact: payload.impact,
        urgency: payload.urgency,
        severity: payload.severity ?? DEFAULT_SEVERITY,
        queueId: payload.queueId,
        assigneeId: payload.assigneeId,
        verified: payload.verified,
        policyId: policy.id,
        parentId: null,
        source: null,
        steps: payload.steps,
        sample: customer.sample
      }
    ]
    if (payload.channel === 'phone' && payload.assigneeId) facts.push({ type: 'caseAcknowledged' })
    if (payload.readBack) facts.push({ type: 'readBackGiven', ...payload.readBack })
    return accept(...facts)
  }
})

type Numbers = { readonly number: string; readonly aliases: readonly string[] }

function numbersFor(number: string, known: NumberStanding | null): Numbers | Refused {
  if (!isWellFormed(number)) return refuse('numberMalformed', { number })
  switch (known?.standing) {
    case 'leased':
      return { number, aliases: [] }
    case 'provisional':
      return known.replacement ? { number: known.replacement, aliases: [number] } : { number, aliases: [] }
    case 'taken':
      return refuse('numberTaken', { number })
    case 'notLeased':
    default:
      return refuse('numberNotLeased', { number })
  }
}
