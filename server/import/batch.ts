import { z } from 'zod'

export const IMPORT_LIMITS = { linesPerBatch: 1_000, bytesPerBatch: 4_000_000 } as const

/** POST /import/batch: lines of an export in their order, cell by cell. All lines of one incident in one batch where they fit. */
export const ImportBatch = z.object({
  format: z.literal('servicenow'),
  /** The exporting system: one name, one set of cases, however many files. */
  system: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[\p{L}\p{N} ._-]+$/u),
  lines: z
    .array(
      z.object({
        line: z.number().int().min(1),
        cells: z.record(z.string().max(80), z.string().max(65_536))
      })
    )
    .min(1)
    .max(IMPORT_LIMITS.linesPerBatch)
})
export type ImportBatch = z.infer<typeof ImportBatch>

const said = z.object({ line: z.number().int(), text: z.string() })

/** What became of a batch. `changed` and `unchanged` are incident numbers; a changed one was created or got new lines. */
export const ImportAnswer = z.object({
  changed: z.array(z.string()),
  unchanged: z.array(z.string()),
  /** Facts recorded on cases. */
  events: z.number().int().min(0),
  /** Lines that could not be used, with the reason. */
  rejected: z.array(said),
  /** Lines that were used, with what a person should know about them. */
  remarks: z.array(said)
})
export type ImportAnswer = z.infer<typeof ImportAnswer>
