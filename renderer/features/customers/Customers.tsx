import { useDeferredValue, useMemo, useState } from 'react'
import type { CustomerId } from '#shared/domain/identity.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { BoardState } from '#renderer/store/board.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { contactsByName, contactsByTypedNumber } from '#renderer/store/contact-match.ts'
import { folded, matchesWords, wordsOf } from '#renderer/store/fold.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import { CustomerCard } from './CustomerCard.tsx'
import styles from './Customers.module.css'

const SHOWN = 200

/** The organisations under contract; found by name, contact, phone number or server. */
export function Customers({ customerId }: { readonly customerId: CustomerId | null }) {
  const { board } = useConsole()
  const version = useBoard((state) => state.directoryVersion)
  const show = useView((view) => view.show)
  // With a case open beside it, the chosen customer takes the room of the list.
  const beside = useView((view) => view.caseId !== null) && customerId !== null
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed)
  const found = useMemo(() => (version < 0 ? [] : find(board.getState(), words)), [board, version, words])
  const customer = useBoard((state) => (customerId ? state.customers.get(customerId) : undefined))

  return (
    <section className={styles.customers} data-beside={beside} aria-label={t('customers.title')}>
      <div className={styles.left}>
        <h1 className="visually-hidden">{t('customers.title')}</h1>
        <div className={styles.search}>
          <TextInput
            type="search"
            aria-label={t('customers.search')}
            placeholder={t('customers.search')}
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {found.length === 0 ? (
          <EmptyState title={t('customers.none')}>{t('customers.noneText')}</EmptyState>
        ) : (
          <ul className={styles.list}>
            {found.map((known) => (
              <li key={known.id}>
                <button
                  type="button"
                  className={styles.name}
                  aria-current={known.id === customerId || undefined}
                  onClick={() => show({ name: 'customers', customerId: known.id })}
                >
                  <span>{known.name}</span>
                  <span className={styles.plan}>{t(`plan.${known.plan}`)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {customer ? <CustomerCard key={customer.id} customer={customer} /> : <EmptyState title={t('customers.pick')} />}
    </section>
  )
}

function find(board: BoardState, typed: string): readonly Customer[] {
  const words = wordsOf(typed)
  const found = new Map<string, Customer>()
  for (const customer of board.customers.values())
    if (customer.active && matchesWords(folded(customer, customer.name), words)) found.set(customer.id, customer)
  if (words.length > 0) {
    const owners = [...contactsByName(board, typed, null, SHOWN), ...contactsByTypedNumber(board, typed, null, SHOWN)].map(
      (contact) => contact.customerId
    )
    for (const item of board.items.values())
      if (matchesWords(folded(item, `${item.name} ${item.address}`), words)) owners.push(item.customerId)
    for (const id of owners) {
      const customer = board.customers.get(id)
      if (customer?.active) found.set(id, customer)
    }
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, SHOWN)
}
