import { z } from 'zod'
import { QueueId } from '../identity.ts'

/** Where cases wait for a team. */
export const Queue = z.object({
  id: QueueId,
  name: z.string().trim().min(1).max(80),
  order: z.number().int().min(0).max(1_000),
  /** Only members, leads and admins see the cases of a restricted queue (PERM rules). */
  restricted: z.boolean(),
  active: z.boolean(),
  sample: z.boolean()
})
export type Queue = z.infer<typeof Queue>
