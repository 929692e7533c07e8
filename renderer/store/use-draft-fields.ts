import { useCallback, useMemo } from 'react'
import type { z } from 'zod'
import { useConsole, useDraft } from './console.tsx'
import type { DraftKind } from './drafts.ts'

/**
 * An editor's fields, kept as a draft on disk at every change. `schema` gives each missing or unreadable field its empty value, since
 * drafts come from disk and from earlier versions.
 */
export function useDraftFields<S extends z.ZodType<Record<string, unknown>>>(
  id: string,
  kind: DraftKind,
  caseId: string | null,
  schema: S
): {
  readonly fields: z.infer<S>
  readonly edit: (fields: Partial<z.infer<S>>) => void
  readonly drop: () => void
  readonly kept: boolean
} {
  const { drafts } = useConsole()
  const draft = useDraft(id)
  const fields = useMemo(() => schema.parse(draft?.body ?? {}), [schema, draft])
  const edit = useCallback((patch: Partial<z.infer<S>>) => drafts.edit(id, kind, caseId, patch), [drafts, id, kind, caseId])
  const drop = useCallback(() => drafts.drop(id), [drafts, id])
  return { fields, edit, drop, kept: draft !== undefined }
}
