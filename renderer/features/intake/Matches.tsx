import { t } from '#renderer/strings/t.ts'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import { readableNumber } from '#renderer/store/phone.ts'
import type { Match } from './use-matches.ts'
import styles from './Matches.module.css'

type Props = {
  readonly matches: readonly Match[]
  readonly active: number
  readonly typed: string
  readonly onChoose: (match: Match) => void
}

/** What fits the field being filled; the arrow keys move in it and Enter takes it, while the cursor stays in the field. */
export function Matches({ matches, active, typed, onChoose }: Props) {
  const [first] = matches
  return (
    <section className={styles.matches}>
      <h2 className={styles.title}>
        {first ? t(TITLES[first.kind]) : t('intake.match.label')}
        {first && (
          <span className={styles.keys}>
            <Keycap keys="↓ ↑" /> <Keycap keys="Enter" />
          </span>
        )}
      </h2>
      <ul id="intake-matches" role="listbox" aria-label={t('intake.match.label')} className={styles.list}>
        {matches.map((match, index) => (
          <li
            key={match.id}
            id={`match-${match.id}`}
            role="option"
            aria-selected={index === active}
            className={styles.match}
            // The field keeps the cursor.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(match)}
          >
            <MatchWords match={match} />
          </li>
        ))}
      </ul>
      {!first && <p className={styles.none}>{typed === '' ? t('intake.match.typeMore') : t('intake.match.none')}</p>}
    </section>
  )
}

const TITLES = { contact: 'intake.match.contacts', customer: 'intake.match.customers', item: 'intake.match.items' } as const

function MatchWords({ match }: { readonly match: Match }) {
  switch (match.kind) {
    case 'contact':
      return (
        <>
          <span className={styles.name}>{match.contact.name}</span>
          <span className={styles.aside}>{match.contact.phones[0] ? readableNumber(match.contact.phones[0]) : ''}</span>
          <span className={styles.note}>{[match.customer?.name, match.contact.title].filter(Boolean).join(', ')}</span>
        </>
      )
    case 'customer':
      return (
        <>
          <span className={styles.name}>{match.customer.name}</span>
          <span className={styles.aside}>{t(`plan.${match.customer.plan}`)}</span>
          <span className={styles.note}>{match.customer.notes}</span>
        </>
      )
    case 'item':
      return (
        <>
          <span className={styles.name}>{match.item.name}</span>
          <span className={styles.aside}>{t(`environment.${match.item.environment}`)}</span>
          <span className={styles.note}>{match.item.software}</span>
        </>
      )
  }
}
