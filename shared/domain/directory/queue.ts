import { z } from 'zod'
import { QueueId } from '../identity.ts'
import { name } from '../text.ts'

/** Where cases wait for a team. */
export const Queue = z.object({
  id: QueueId,
  name: name(80),
  order: z.number().int().min(0).max(1_000),
  /** Only members, leads and admins see the cases of a restricted queue (PERM rules). */
  restricted: z.boolean(),
  active: z.boolean(),
  sample: z.boolean()
})
export type Queue = z.infer<typeof Queue>
