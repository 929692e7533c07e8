import { z } from 'zod'

/** Decides which processes and targets a customer is entitled to. */
export const ServicePlan = z.enum(['managed-os', 'ims-foundation', 'ims-premier'])
export type ServicePlan = z.infer<typeof ServicePlan>
