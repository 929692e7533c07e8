import { useEffect, useState } from 'react'
import type { CaseState } from '#shared/domain/case/case.ts'
import { useConsole } from '#renderer/store/console.tsx'

export type ServerSearch =
  | { readonly state: 'idle' | 'searching' | 'unavailable' }
  | { readonly state: 'found'; readonly cases: readonly CaseState[]; readonly more: boolean }

const AFTER_TYPING = 250
const SHORTEST = 3
const LIMIT = 8

/** Cases that are not on this console, asked of the server once typing pauses. */
export function useServerSearch(typed: string): ServerSearch {
  const { client, board } = useConsole()
  const [answer, setAnswer] = useState<{ readonly for: string; readonly search: ServerSearch } | null>(null)
  const text = typed.trim()

  useEffect(() => {
    if (text.length < SHORTEST) return undefined
    let current = true
    const timer = setTimeout(() => {
      client.searchServer(text, LIMIT).then(
        (reply) => {
          if (!current) return
          if ('unavailable' in reply) return setAnswer({ for: text, search: { state: 'unavailable' } })
          const elsewhere = reply.cases.flatMap((image) => (image.state && !board.getState().cases.has(image.id) ? [image.state] : []))
          setAnswer({ for: text, search: { state: 'found', cases: elsewhere, more: reply.more } })
        },
        () => current && setAnswer({ for: text, search: { state: 'unavailable' } })
      )
    }, AFTER_TYPING)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, board, text])

  if (text.length < SHORTEST) return { state: 'idle' }
  return answer?.for === text ? answer.search : { state: 'searching' }
}
