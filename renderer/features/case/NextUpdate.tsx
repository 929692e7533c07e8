import { useCallback } from 'react'
import type { CaseId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { nextUpdateAt } from '#shared/domain/sla/what-if.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { whenOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'

/** What an update sent now would promise next. */
export function NextUpdate({ caseId }: { readonly caseId: CaseId }) {
  const severity = useBoard((board) => board.cases.get(caseId)?.state.severity)
  const answered = useBoard(
    (board) => board.cases.get(caseId)?.state.marks.some((mark) => mark.m === 'responded' || mark.m === 'updated') ?? false
  )
  const policy = useBoard((board) => board.policies.get(board.cases.get(caseId)?.state.policyId ?? ''))
  const at = useTicking(
    useCallback((now: Instant) => (policy && severity ? whenOf(nextUpdateAt(policy, severity, now), now) : ''), [policy, severity])
  )
  return at === '' ? null : t(answered ? 'composer.restarts' : 'composer.answers', { at })
}
