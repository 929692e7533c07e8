import { z } from 'zod'
import { PersonId, QueueId } from '../identity.ts'
import { name } from '../text.ts'

export const Role = z.enum(['agent', 'engineer', 'lead', 'admin', 'wall'])
export type Role = z.infer<typeof Role>

/** Somebody who works at the desk, or a wall display. Secrets live elsewhere, on the server only. */
export const Person = z.object({
  id: PersonId,
  name: name(120),
  initials: name(4),
  role: Role,
  queueIds: z.array(QueueId).readonly(),
  active: z.boolean(),
  sample: z.boolean()
})
export type Person = z.infer<typeof Person>
