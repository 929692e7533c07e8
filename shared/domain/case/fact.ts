import { z } from 'zod'
import { CaseId, ContactId, CustomerId, ItemId, PersonId, PolicyId, QueueId } from '../identity.ts'
import { Instant } from '../instant.ts'
import { Level, Severity } from './severity.ts'

export const Channel = z.enum(['phone', 'portal', 'email', 'alarm', 'advisory'])
export type Channel = z.infer<typeof Channel>

export const WaitingOn = z.enum(['customer', 'vendor', 'problem', 'evidence'])
export type WaitingOn = z.infer<typeof WaitingOn>

export const ResolutionCode = z.enum(['fixed', 'workaround', 'noFaultFound', 'duplicate', 'customerWithdrew', 'outOfScope', 'imported'])
export type ResolutionCode = z.infer<typeof ResolutionCode>

export const CaseNumber = z.string().regex(/^(C-[0-9]{4,12}|T-[0-9A-HJKMNP-TV-Z]{4,10})$/)

/** How a customer-facing word reached the customer, or theirs reached us. */
export const ContactChannel = z.enum(['phone', 'email', 'portal'])
export type ContactChannel = z.infer<typeof ContactChannel>

const text = z.string().trim().min(1).max(20_000)

/** What happened to a case, in the past tense. The timeline of a case is the list of its facts; nothing else is kept of its history. */
export const CaseFact = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('caseOpened'),
    number: CaseNumber,
    aliases: z.array(CaseNumber).readonly(),
    channel: Channel,
    customerId: CustomerId,
    contactId: ContactId.nullable(),
    callerName: z.string().max(200),
    callbackNumber: z.string().max(60).nullable(),
    itemId: ItemId.nullable(),
    subject: z.string().min(1).max(200),
    description: z.string().max(20_000),
    impact: Level.nullable(),
    urgency: Level.nullable(),
    severity: Severity,
    queueId: QueueId,
    assigneeId: PersonId.nullable(),
    verified: z.boolean(),
    policyId: PolicyId,
    parentId: CaseId.nullable(),
    source: z.object({ system: z.string().max(60), number: z.string().max(60) }).nullable(),
    /** Intake step times in milliseconds since ring or first key; empty when nobody typed (imports, alarms). */
    steps: z
      .array(z.object({ field: z.string().max(40), at: z.number().int().min(0) }))
      .max(60)
      .readonly(),
    sample: z.boolean()
  }),
  z.object({ type: z.literal('caseAcknowledged') }),
  z.object({ type: z.literal('readBackGiven'), nextStep: text, nextUpdateAt: Instant.nullable() }),
  z.object({ type: z.literal('caseAssigned'), queueId: QueueId, assigneeId: PersonId.nullable() }),
  z.object({ type: z.literal('noteAdded'), text }),
  z.object({ type: z.literal('customerUpdated'), text, via: ContactChannel }),
  z.object({ type: z.literal('customerContacted'), text, via: ContactChannel, contactId: ContactId.nullable() }),
  z.object({ type: z.literal('severityRaised'), from: Severity, to: Severity, reason: z.string().max(2_000) }),
  z.object({ type: z.literal('severityLowered'), from: Severity, to: Severity, reason: z.string().max(2_000) }),
  z.object({ type: z.literal('waitStarted'), on: WaitingOn, question: z.string().max(20_000), until: Instant.nullable() }),
  z.object({ type: z.literal('waitEnded'), because: z.enum(['resumed', 'customerContacted', 'resolved', 'closed', 'replaced']) }),
  z.object({ type: z.literal('caseResolved'), code: ResolutionCode, text: z.string().max(20_000) }),
  z.object({ type: z.literal('caseClosed'), text: z.string().max(20_000) }),
  z.object({ type: z.literal('caseReopened'), reason: z.string().max(20_000), cycle: z.number().int().min(2) }),
  /** An export shows the case back in an earlier status although its system counted no re-opening. Only imports record it. */
  z.object({ type: z.literal('caseReturned'), to: z.enum(['new', 'inProgress', 'resolved']), cycle: z.number().int().min(1) }),
  z.object({
    type: z.literal('detailsCorrected'),
    contactId: ContactId.nullable(),
    itemId: ItemId.nullable(),
    subject: z.string().min(1).max(200),
    impact: Level.nullable(),
    urgency: Level.nullable()
  }),
  /** One line of an export whose meaning is only "something was changed": the columns that changed, with the export's own words. */
  z.object({
    type: z.literal('exportLineRecorded'),
    line: z.number().int().min(1),
    changes: z.record(z.string(), z.tuple([z.string(), z.string()]))
  })
])
export type CaseFact = z.infer<typeof CaseFact>
type CaseFactType = CaseFact['type']
export type FactOf<T extends CaseFactType> = Extract<CaseFact, { readonly type: T }>
