import { z } from 'zod'
import type { RecordImage } from '#shared/domain/record.ts'

/** Searches cases that are not on the console (old closed ones) by number, alias, source number or words of the subject. */
export const SearchRequest = z.object({ text: z.string().trim().min(1).max(200), limit: z.number().int().min(1).max(100) })
export type SearchRequest = z.infer<typeof SearchRequest>
export type SearchReply = { readonly cases: readonly RecordImage<'case'>[]; readonly more: boolean }
