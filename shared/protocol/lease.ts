import { z } from 'zod'
import { Lease } from './hello.ts'

/** Asks for more case numbers. `left` is what the console still holds. */
export const LeaseRequest = z.object({ left: z.number().int().min(0).max(10_000) })
export type LeaseRequest = z.infer<typeof LeaseRequest>
export const LeaseReply = z.object({ leases: z.array(Lease) })
export type LeaseReply = z.infer<typeof LeaseReply>
