import { useEffect, useState } from 'react'
import type { CaseTimeline } from '#renderer/sync/engine-api.ts'
import { useConsole } from '#renderer/store/console.tsx'

/** The history of a case as it grows; null until the engine answered. */
export function useTimeline(caseId: string): CaseTimeline | null {
  const { client } = useConsole()
  const [timeline, setTimeline] = useState<CaseTimeline | null>(null)
  useEffect(() => client.watchTimeline(caseId, setTimeline), [client, caseId])
  return timeline
}
