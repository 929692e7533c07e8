import { useEffect } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import { useConsole } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'

/** One window of this computer speaks for all of them. */
const LOCK = 'ringdown-alarm'

/**
 * Says outside the windows what went past its deadline among one's own cases: the number on the icon, and a notification for each case
 * as it happens, whose click opens it. What was late before the window began is counted and not announced.
 */
export function useAlarm(): void {
  const { board, ticker, desk } = useConsole()

  useEffect(() => {
    if (!desk) return undefined
    const ended = new AbortController()
    const announced = new Set<string>()
    let shown = -1
    let first = true

    const look = (now: Instant) => {
      const late = (board.getState().lists.get('mine') ?? []).filter((row) => row.due !== null && row.sortKey <= now)
      for (const { id, state, due } of late) {
        const promise = `${id} ${due?.kind} ${due?.dueAt}`
        if (announced.has(promise)) continue
        announced.add(promise)
        if (!first)
          void desk.notify({
            title: t('alarm.title', { number: state.number, kind: due ? t(`clock.name.${due.kind}`) : '' }),
            body: state.subject,
            caseNumber: state.number
          })
      }
      first &&= !board.getState().complete
      if (late.length !== shown) void desk.badge({ breaches: late.length })
      shown = late.length
    }

    navigator.locks
      .request(LOCK, { signal: ended.signal }, () => {
        const stop = ticker.follow(look)
        return new Promise<void>((release) =>
          ended.signal.addEventListener('abort', () => {
            stop()
            release()
          })
        )
      })
      .catch((error: unknown) => {
        // The window went away before its turn came.
        if (!ended.signal.aborted) throw error
      })
    return () => ended.abort()
  }, [board, ticker, desk])
}
