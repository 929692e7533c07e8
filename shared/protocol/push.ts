import { z } from 'zod'
import { Command } from '#shared/domain/command.ts'
import { CommandId } from '#shared/domain/identity.ts'
import { Refusal } from '#shared/domain/refusal.ts'
import { LIMITS } from './version.ts'

/** A run of one console's commands in sequence order, without a hole. Resending any part of it is harmless. */
export const Push = z.object({
  commands: z.array(Command).min(1).max(LIMITS.commandsPerPush),
  /**
   * The lowest sequence this console still holds. When the desk went back in time beyond what consoles keep, what is below it can
   * never come, and the desk goes on from here in place of waiting for it.
   */
  oldestHeld: z.number().int().min(1).optional()
})
export type Push = z.infer<typeof Push>

/** The final answer to a command, the same however often it is asked for. `revision` is the log's head right after it (accepted) or when it was judged (refused). */
export const Answer = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('accepted'),
    id: CommandId,
    sequence: z.number().int(),
    revision: z.number().int(),
    number: z.string().nullable()
  }),
  z.object({
    outcome: z.literal('refused'),
    id: CommandId,
    sequence: z.number().int(),
    revision: z.number().int(),
    refusal: Refusal,
    /** What came between: the newest change of the record and who made it, when there is one. */
    overtakenBy: z
      .object({ actorId: z.string(), actorName: z.string(), type: z.string(), occurredAt: z.number().int(), text: z.string() })
      .nullable()
  })
])
export type Answer = z.infer<typeof Answer>

export const PushReply = z.object({
  answers: z.array(Answer),
  /** The highest sequence answered. `expected` is set when the run had a hole: resend from there. */
  lastSequence: z.number().int().min(0),
  expected: z.number().int().min(1).nullable()
})
export type PushReply = z.infer<typeof PushReply>
