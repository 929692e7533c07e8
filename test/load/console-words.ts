import { z } from 'zod'
import { Person } from '#shared/domain/directory/person.ts'

/** What the driver tells a console process. */
export const Order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('enter'), account: z.string(), password: z.string() }),
  /** Gives this many commands, pausing up to `pause` milliseconds between them. */
  z.object({ do: z.literal('work'), commands: z.number().int(), pause: z.number().int(), seed: z.string() }),
  z.object({ do: z.literal('stand') }),
  z.object({ do: z.literal('report') })
])
export type Order = z.infer<typeof Order>

const Ref = z.object({ kind: z.string(), id: z.string() })

/** A command that the console showed as accepted; `token` is a text that occurs in it and nowhere else. */
export const Given = z.object({
  id: z.string(),
  type: z.string(),
  record: Ref,
  token: z.string().nullable(),
  number: z.string().nullable()
})
export type Given = z.infer<typeof Given>

/** Where a console stands: how it is connected and how many of its commands wait for their answer. */
export const Standing = z.object({ connection: z.string(), pending: z.number().int() })
export type Standing = z.infer<typeof Standing>

/** Everything a console shows at one moment. */
export const Report = Standing.extend({
  complete: z.boolean(),
  me: Person.nullable(),
  records: z.array(
    z.object({ kind: z.string(), id: z.string(), version: z.number().int(), pending: z.number().int(), state: z.unknown() })
  ),
  attention: z.array(z.object({ id: z.string(), code: z.string(), command: z.string() })),
  numbersLeft: z.number().int()
})
export type Report = z.infer<typeof Report>

/** What a console process tells the driver. */
export const Said = z.discriminatedUnion('said', [
  z.object({ said: z.literal('entered') }),
  /** It is on this computer: from here on it must never be lost. */
  z.object({ said: z.literal('saved'), given: Given }),
  z.object({ said: z.literal('confirmed'), id: z.string(), outcome: z.string() }),
  z.object({ said: z.literal('worked'), given: z.number().int(), refusedAtOnce: z.number().int() }),
  z.object({ said: z.literal('standing'), standing: Standing }),
  z.object({ said: z.literal('report'), report: Report }),
  /** A command's promise was broken: it could not be saved, or its answer never came. */
  z.object({ said: z.literal('complained'), about: z.string(), message: z.string() }),
  z.object({ said: z.literal('failed'), doing: z.string(), message: z.string() })
])
export type Said = z.infer<typeof Said>
