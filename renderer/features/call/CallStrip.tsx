import { useMemo } from 'react'
import type { Call } from '#renderer/store/call.ts'
import { useCalls } from '#renderer/store/call.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { contactsByNumber } from '#renderer/store/contact-match.ts'
import { useTakeCall } from '#renderer/store/take-call.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { CloseIcon, PhoneIcon } from '#renderer/ui/icons.tsx'
import styles from './CallStrip.module.css'

/** Calls that ring, in the top bar: never over what somebody types. F2 takes the first one. */
export function CallStrip() {
  const ringing = useCalls((calls) => calls.ringing)
  return (
    <div role="status" className={styles.strip}>
      {ringing.map((call, index) => (
        <Ringing key={call.id} call={call} first={index === 0} />
      ))}
    </div>
  )
}

function Ringing({ call, first }: { readonly call: Call; readonly first: boolean }) {
  const { board } = useConsole()
  const version = useBoard((state) => state.directoryVersion)
  const takeCall = useTakeCall()
  const forget = useCalls((calls) => calls.forget)
  // A directory change may name the caller while it rings.
  const contacts = useMemo(
    () => (version >= 0 && call.from !== null ? contactsByNumber(board.getState(), call.from) : []),
    [board, call.from, version]
  )
  const [contact] = contacts
  // Several people may share a number; a customer is named only where all of them are of it.
  const shared = contact && contacts.every((other) => other.customerId === contact.customerId) ? contact.customerId : ''
  const customer = useBoard((state) => state.customers.get(shared)?.name)

  return (
    <span className={styles.call}>
      <PhoneIcon />
      <span className={styles.from}>{call.from === null ? t('call.withheld') : t('call.ringing', { from: call.from })}</span>
      <span className={styles.who}>
        {contacts.length > 1
          ? t('call.more', { count: contacts.length })
          : contact
            ? contact.name
            : call.from === null
              ? ''
              : t('call.unknown')}
        {customer ? `, ${customer}` : ''}
      </span>
      <Button look="main" {...(first ? { keys: 'F2' } : {})} onClick={() => takeCall(call)}>
        {t('call.take')}
      </Button>
      <button type="button" className={styles.dismiss} aria-label={t('call.dismiss')} onClick={() => forget(call.id)}>
        <CloseIcon />
      </button>
    </span>
  )
}
