import { z } from 'zod'
import { CustomerId, ItemId } from '../identity.ts'
import { name, typed } from '../text.ts'

/** A configuration item: a server, device or service of a customer. */
export const Item = z.object({
  id: ItemId,
  customerId: CustomerId,
  name: name(200),
  kind: z.enum(['server', 'network', 'storage', 'service', 'other']),
  environment: z.enum(['production', 'other']),
  /** Operating system or firmware, as the runbook words it. */
  software: typed(200),
  address: typed(200),
  active: z.boolean(),
  sample: z.boolean()
})
export type Item = z.infer<typeof Item>
