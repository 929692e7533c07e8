import { z } from 'zod'
import { ContactId, CustomerId } from '../identity.ts'
import { ServicePlan } from './service-plan.ts'

/** The organisation under contract. */
export const Customer = z.object({
  id: CustomerId,
  name: z.string().trim().min(1).max(200),
  plan: ServicePlan,
  /** IANA zone, e.g. America/Chicago. */
  timeZone: z.string().min(1).max(60),
  securityContactId: ContactId.nullable(),
  notes: z.string().max(4_000),
  active: z.boolean(),
  sample: z.boolean()
})
export type Customer = z.infer<typeof Customer>
