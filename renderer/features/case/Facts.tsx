import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { CaseState } from '#shared/domain/case/case.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { readableNumber } from '#renderer/store/phone.ts'
import { t } from '#renderer/strings/t.ts'
import { whenOf } from '#renderer/ui/time-words.ts'
import { useTicker, useTicking } from '#renderer/ui/use-ticker.ts'
import { timeThere } from '#renderer/ui/time-there.ts'
import styles from './Facts.module.css'

/** Who called about what, who has it, since when. */
export function Facts({ state }: { readonly state: CaseState }) {
  const ticker = useTicker()
  const contact = useBoard((board) => (state.contactId ? board.contacts.get(state.contactId) : undefined))
  const customer = useBoard((board) => board.customers.get(state.customerId))
  const item = useBoard((board) => (state.itemId ? board.items.get(state.itemId) : undefined))
  const queue = useBoard((board) => board.queues.get(state.queueId)?.name ?? '')
  const assignee = useBoard((board) => (state.assigneeId ? board.people.get(state.assigneeId)?.name : undefined))
  const opener = useBoard((board) => board.people.get(state.openedBy)?.name ?? '')
  const zone = customer?.timeZone ?? 'UTC'
  const there = useTicking(useCallback((now: Instant) => timeThere(now, zone), [zone]))

  return (
    <dl className={styles.facts}>
      <Fact
        name={t('case.caller')}
        note={contact ? contact.title : ''}
        mark={
          <span
            className={styles.verification}
            data-verified={state.verified}
            title={state.verified ? undefined : t('case.unverifiedText')}
          >
            {state.verified ? t('case.verified') : t('case.unverified')}
          </span>
        }
      >
        {contact?.name ?? (state.callerName || t('case.noContact'))}
      </Fact>
      <Fact name={t('case.callback')} note={t('customers.zone') + ` ${there}`}>
        {state.callbackNumber ? <a href={`tel:${state.callbackNumber}`}>{readableNumber(state.callbackNumber)}</a> : '–'}
      </Fact>
      <Fact name={t('case.item')} note={item ? [t(`environment.${item.environment}`), item.software].filter(Boolean).join(', ') : ''}>
        {item?.name ?? '–'}
      </Fact>
      <Fact name={t('case.owner')} note={queue}>
        {assignee ?? t('case.nobody')}
      </Fact>
      <Fact name={t('case.opened')} note={opener}>
        {whenOf(state.openedAt, ticker.now())}, {t(`channel.${state.channel}`)}
      </Fact>
      {state.source && (
        <Fact name={t('case.source')} note={state.source.system}>
          {state.source.number}
        </Fact>
      )}
      {state.aliases.length > 0 && (
        <Fact name={t('case.alias')} note="">
          {state.aliases.join(', ')}
        </Fact>
      )}
    </dl>
  )
}

function Fact({
  name,
  note,
  mark,
  children
}: {
  readonly name: string
  readonly note: string
  readonly mark?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={styles.value}>{children}</dd>
      {note && <dd className={styles.note}>{note}</dd>}
      {mark && <dd>{mark}</dd>}
    </div>
  )
}
