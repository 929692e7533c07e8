import { z } from 'zod'
import { Command } from '#shared/domain/command.ts'
import { CommandId, PersonId } from '#shared/domain/identity.ts'
import { Instant } from '#shared/domain/instant.ts'
import { Person } from '#shared/domain/directory/person.ts'
import { Answer } from '#shared/protocol/push.ts'
import { Cursor } from '#shared/protocol/hello.ts'

/** Who this computer last worked for. `me` stays after the session's tokens ran out, so that an offline start shows the desk. */
export const IdentityRow = z.object({
  deskId: z.string(),
  me: Person.nullable(),
  scope: z.string().nullable(),
  /** The replica in use and the one being loaded; null while there is none. */
  replica: z.number().int().nullable(),
  loading: z.number().int().nullable(),
  /** Generations are never used twice, so that what a dropped one left behind is not mistaken for a new one's. */
  lastGeneration: z.number().int(),
  replicaSchema: z.number().int(),
  /** Server time minus this computer's wall clock when last measured; what an offline start has to go by. */
  clock: z.object({ serverMinusWall: z.number(), uncertainty: z.number(), measuredAtWall: z.number() }).nullable()
})
export type IdentityRow = z.infer<typeof IdentityRow>

/** One person on this computer is one console to the server: a queue of their own, numbers of their own. */
export const ConsoleRow = z.object({
  consoleId: z.string(),
  deskId: z.string(),
  actorId: PersonId,
  name: z.string(),
  /** The highest sequence the desk has answered, and the epoch of its log in which it last said so. */
  answered: z.number().int(),
  epoch: z.number().int().nullable().default(null),
  /** Leased blocks in the order received; `next` is the first number not yet handed out. */
  blocks: z.array(z.object({ from: z.number().int(), to: z.number().int(), next: z.number().int() }))
})
export type ConsoleRow = z.infer<typeof ConsoleRow>

export const CommandProgress = z.discriminatedUnion('at', [
  z.object({ at: z.literal('queued') }),
  /** Accepted, and kept for as long as a restored desk might have forgotten it. `generation` is the replica it must show up in. */
  z.object({ at: z.literal('accepted'), answer: Answer, generation: z.number().int(), answeredAt: Instant }),
  z.object({ at: z.literal('refused'), answer: Answer, answeredAt: Instant })
])
export type CommandProgress = z.infer<typeof CommandProgress>

export const CommandRow = z.object({
  /** Order of making on this computer, over all its people. */
  ordinal: z.number().int().min(1),
  deskId: z.string(),
  command: Command,
  progress: CommandProgress,
  /** Its person took it back after it was refused: sent again only as an empty stand-in that keeps its sequence. */
  withdrawn: z.boolean(),
  /** The journal line that holds it; null while none does. */
  line: z.number().int().nullable()
})
export type CommandRow = z.infer<typeof CommandRow>

export const AttentionRow = z.object({
  deskId: z.string(),
  command: Command,
  answer: Answer,
  refusedAt: Instant
})
export type AttentionRow = z.infer<typeof AttentionRow>

export const DraftRow = z.object({
  deskId: z.string(),
  actorId: PersonId,
  draft: z.object({
    id: z.string(),
    kind: z.enum(['intake', 'composer', 'other']),
    caseId: z.string().nullable(),
    body: z.record(z.string(), z.unknown()),
    changedAt: z.number()
  })
})
export type DraftRow = z.infer<typeof DraftRow>

/** What is kept by the system's keyring between starts. `me` lets a computer whose databases were wiped still know its person. */
export const Credentials = z.object({
  accessToken: z.string(),
  accessExpiresAt: Instant,
  refreshToken: z.string(),
  refreshExpiresAt: Instant,
  me: Person,
  deskId: z.string()
})
export type Credentials = z.infer<typeof Credentials>

/** A journal line. `command` may appear again under a new sequence: the later line counts. */
export const JournalEntry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('command'), ordinal: z.number().int().min(1), deskId: z.string(), actorName: z.string(), command: Command }),
  z.object({ type: z.literal('withdrawn'), commandId: CommandId }),
  z.object({ type: z.literal('draft'), row: DraftRow }),
  z.object({ type: z.literal('draftDropped'), id: z.string() })
])
export type JournalEntry = z.infer<typeof JournalEntry>

/** Where the confirmed base stands. `included` names own commands that it already holds though their answer is still out. */
export const ReplicaCursorRow = z.object({
  cursor: Cursor,
  scope: z.string(),
  included: z.array(z.string()),
  fuzzy: z.object({ epoch: z.number().int(), until: z.number().int(), settled: z.boolean() }).nullable()
})
export type ReplicaCursorRow = z.infer<typeof ReplicaCursorRow>

/** What lies in the chunks, so that a missing one is noticed. `resume` continues an interrupted load. */
export const ReplicaManifestRow = z.object({
  complete: z.boolean(),
  resume: z.string().nullable(),
  received: z.number().int(),
  total: z.number().int(),
  chunks: z.record(z.string(), z.number().int())
})
export type ReplicaManifestRow = z.infer<typeof ReplicaManifestRow>
