import { z } from 'zod'

/** Why a request (not a command) was not served. Commands are refused with a domain refusal instead. */
export const Problem = z.object({
  code: z.enum([
    'badRequest',
    'unauthenticated',
    'notPermitted',
    'consoleTooOld',
    'consoleTooNew',
    'wrongOwner',
    'busy',
    'unavailable',
    'rateLimited',
    'notFound'
  ]),
  /** What happened, what was kept, what to do: one English sentence or two. */
  message: z.string().max(1_000),
  retryAfter: z.number().int().min(0).nullable()
})
export type Problem = z.infer<typeof Problem>

/** Every request over the socket is answered by one of these two shapes. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }
