import { z } from 'zod'
import { ContactId, CustomerId } from '../identity.ts'
import { ServicePlan } from './service-plan.ts'
import { name, typed } from '../text.ts'

/** The organisation under contract. */
export const Customer = z.object({
  id: CustomerId,
  name: name(200),
  plan: ServicePlan,
  /** IANA zone, e.g. America/Chicago. */
  timeZone: z.string().min(1).max(60),
  securityContactId: ContactId.nullable(),
  notes: typed(4_000),
  active: z.boolean(),
  sample: z.boolean()
})
export type Customer = z.infer<typeof Customer>
