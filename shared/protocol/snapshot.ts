import { z } from 'zod'
import type { RecordImage, RecordKind } from '#shared/domain/record.ts'
import { Cursor } from './hello.ts'

/**
 * First sync: GET /snapshot with the access token, answered as newline-delimited JSON, compressed, one SnapshotLine a line:
 * a `begin`, then `chunk`s (directory first, then open cases, then recently changed ones), then `end`. Each chunk names the
 * token to resume after it: GET /snapshot?resume=TOKEN. A snapshot is fuzzy while it runs; records carry versions and the
 * console tails the log from `begin.cursor`, which makes it exact.
 */
export const SnapshotRequest = z.object({ resume: z.string().max(400).optional() })

export const SnapshotBegin = z.object({
  type: z.literal('begin'),
  cursor: Cursor,
  scope: z.string(),
  replicaSchema: z.number().int(),
  records: z.number().int().min(0)
})
export type SnapshotBegin = z.infer<typeof SnapshotBegin>

export type SnapshotLine =
  | SnapshotBegin
  | { readonly type: 'chunk'; readonly kind: RecordKind; readonly images: readonly RecordImage[]; readonly resume: string }
  | { readonly type: 'end'; readonly records: number }

/** The frame of a line; record bodies are trusted like those of a changes page. */
export const SnapshotLineFrame = z.discriminatedUnion('type', [
  SnapshotBegin,
  z.object({
    type: z.literal('chunk'),
    kind: z.string(),
    images: z.array(z.looseObject({ kind: z.string(), id: z.string(), version: z.number().int() })),
    resume: z.string()
  }),
  z.object({ type: z.literal('end'), records: z.number().int().min(0) })
])
