import type { CaseId } from '#shared/domain/identity.ts'
import { useRefusal } from '#renderer/store/may.ts'
import type { ComposerTab } from '#renderer/store/view.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'

type Props = {
  readonly caseId: CaseId
  readonly tab: ComposerTab
  readonly empty: boolean
  readonly label: string
  readonly onSend: () => void
}

/** Sends what was written. It follows the case by itself, so that the editor beside it does not render when the case changes. */
export function SendButton({ caseId, tab, empty, label, onSend }: Props) {
  const update = useRefusal('updateCustomer', caseId, { text: '-', via: 'phone' })
  const note = useRefusal('note', caseId, { text: '-' })
  const call = useRefusal('recordContact', caseId, { text: '-', via: 'phone', contactId: null })
  const refusal = { update, note, call }[tab]
  return (
    <Button
      look={empty ? 'plain' : 'main'}
      keys="Ctrl Enter"
      refusal={refusal ? refusalWords(refusal) : empty ? t('refusal.textRequired') : null}
      onClick={onSend}
    >
      {label}
    </Button>
  )
}
