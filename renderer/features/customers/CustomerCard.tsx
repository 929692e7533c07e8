import { useCallback, useMemo } from 'react'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useStartIntake } from '#renderer/store/intake-draft.ts'
import { readableNumber } from '#renderer/store/phone.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { CaseTable } from '#renderer/ui/CaseTable.tsx'
import { timeThere } from '#renderer/ui/time-there.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import styles from './Customers.module.css'

const NO_ROWS: readonly CaseRow[] = []
const ROW_HEIGHT = 54
const MOST_ROWS = 6

/** One customer: plan, local time, contacts with their rights, servers, and what is open. */
export function CustomerCard({ customer }: { readonly customer: Customer }) {
  const { board } = useConsole()
  const version = useBoard((state) => state.directoryVersion)
  const open = useBoard((state) => state.lists.get('open') ?? NO_ROWS)
  const caseId = useView((view) => view.caseId)
  const openCase = useView((view) => view.openCase)
  const startIntake = useStartIntake()
  const { id, timeZone } = customer
  const there = useTicking(useCallback((now: Instant) => timeThere(now, timeZone), [timeZone]))
  const rows = useMemo(() => open.filter((row) => row.state.customerId === id), [open, id])
  const { contacts, items } = useMemo(() => {
    const state = board.getState()
    const theirs = <R extends { readonly customerId: string; readonly name: string; readonly active: boolean }>(
      records: ReadonlyMap<string, R>
    ) =>
      [...records.values()]
        .filter((record) => version >= 0 && record.active && record.customerId === id)
        .toSorted((a, b) => a.name.localeCompare(b.name))
    return { contacts: theirs(state.contacts), items: theirs(state.items) }
  }, [board, id, version])

  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{customer.name}</h2>
          <p className={styles.quiet}>
            {t(`plan.${customer.plan}`)}, {t('customers.zone').toLowerCase()} {there} ({timeZone})
            {customer.sample ? `, ${t('customers.sample').toLowerCase()}` : ''}
          </p>
        </div>
        <Button look="main" onClick={() => startIntake({ customerId: id, customerText: customer.name })}>
          {t('top.newCase')}
        </Button>
      </header>
      {customer.notes && <p className={styles.notes}>{customer.notes}</p>}
      <section className={styles.block}>
        <h3 className={styles.label}>
          {t('customers.open')} <span className={styles.quiet}>{rows.length}</span>
        </h3>
        {rows.length === 0 ? (
          <p className={styles.quiet}>{t('customers.noOpen')}</p>
        ) : (
          <div className={styles.cases} style={{ height: Math.min(rows.length, MOST_ROWS) * ROW_HEIGHT }}>
            <CaseTable
              label={t('list.label', { name: customer.name, count: rows.length })}
              rows={rows}
              selectedId={caseId}
              onSelect={openCase}
              onOpen={openCase}
            />
          </div>
        )}
      </section>
      <section className={styles.block}>
        <h3 className={styles.label}>{t('customers.contacts')}</h3>
        <ul className={styles.grid}>
          {contacts.map((contact) => (
            <li key={contact.id}>
              <p className={styles.strong}>{contact.name}</p>
              <p className={styles.quiet}>{contact.title}</p>
              <p>{contact.phones.map(readableNumber).join(', ')}</p>
              <p className={styles.quiet}>{contact.email}</p>
              <p className={styles.quiet}>
                {contact.rights.length === 0
                  ? t('intake.match.noRights')
                  : t('intake.match.rights', { rights: contact.rights.map((right) => t(`right.${right}`)).join(', ') })}
              </p>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.block}>
        <h3 className={styles.label}>{t('customers.items')}</h3>
        <ul className={styles.grid}>
          {items.map((item) => (
            <li key={item.id}>
              <p className={styles.strong}>{item.name}</p>
              <p className={styles.quiet}>
                {t(`itemKind.${item.kind}`)}, {t(`environment.${item.environment}`).toLowerCase()}
              </p>
              <p className={styles.quiet}>{[item.software, item.address].filter(Boolean).join(', ')}</p>
            </li>
          ))}
        </ul>
      </section>
    </article>
  )
}
