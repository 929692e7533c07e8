import { useEffect } from 'react'
import { useConsole } from '#renderer/store/console.tsx'
import { followDesk } from '#renderer/store/follow-desk.ts'
import { useStartIntake } from '#renderer/store/intake-draft.ts'

/** Hears what the main process tells: calls, deep links, menu commands. */
export function useDeskNotices(): void {
  const parts = useConsole()
  const startIntake = useStartIntake()
  useEffect(() => followDesk(parts, startIntake), [parts, startIntake])
}
