import { z } from 'zod'
import type { LoggedFact, RecordImage, RecordKind } from '#shared/domain/record.ts'
import { Cursor } from './hello.ts'

/** Ask for what the log holds after a cursor. */
export const ChangesRequest = z.object({ after: Cursor, limit: z.number().int().min(1).max(2_000) })
export type ChangesRequest = z.infer<typeof ChangesRequest>

/** One revision of the log as a console may see it. */
export type FeedEntry =
  | {
      readonly revision: number
      readonly kind: RecordKind
      readonly id: string
      readonly version: number
      readonly commandId: string | null
      readonly consoleId: string | null
      readonly facts: readonly LoggedFact[]
    }
  /** Not (or no longer) within this person's scope: the record leaves the console, if it was there. */
  | { readonly revision: number; readonly kind: RecordKind; readonly id: string; readonly version: number; readonly gone: true }

/**
 * Consecutive revisions `after.revision + 1 … to.revision` without a hole. `images` holds each touched record once, as it was
 * at its last entry of the page, so a console takes the server's fold and never depends on its own being as new.
 */
export type ChangesPage = {
  readonly after: Cursor
  readonly to: Cursor
  readonly head: number
  readonly entries: readonly FeedEntry[]
  readonly images: readonly RecordImage[]
}

/** `reset`: the cursor cannot be continued (too old, epoch ended); fetch a snapshot. */
export type ChangesReply = { readonly page: ChangesPage } | { readonly reset: 'cursorTooOld' | 'epochEnded' }

/** Sent by the server whenever the log grew; small pages ride along and are used when they start at the console's cursor. */
export type Poke = { readonly head: Cursor; readonly page: ChangesPage | null }

/** The frame of a page; record bodies are the server's own fold and trusted once the frame and the replica schema fit. */
export const ChangesPageFrame = z.object({
  after: Cursor,
  to: Cursor,
  head: z.number().int().min(0),
  entries: z.array(
    z.looseObject({ revision: z.number().int().min(1), kind: z.string(), id: z.string(), version: z.number().int().min(0) })
  ),
  images: z.array(z.looseObject({ kind: z.string(), id: z.string(), version: z.number().int().min(0) }))
})
