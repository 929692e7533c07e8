import { z } from 'zod'
import { CustomerId, ItemId } from '../identity.ts'

/** A configuration item: a server, device or service of a customer. */
export const Item = z.object({
  id: ItemId,
  customerId: CustomerId,
  name: z.string().trim().min(1).max(200),
  kind: z.enum(['server', 'network', 'storage', 'service', 'other']),
  environment: z.enum(['production', 'other']),
  /** Operating system or firmware, as the runbook words it. */
  software: z.string().max(200),
  address: z.string().max(200),
  active: z.boolean(),
  sample: z.boolean()
})
export type Item = z.infer<typeof Item>
