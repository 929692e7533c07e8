import { useEngine } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { RefusedWork } from './RefusedWork.tsx'
import styles from './NeedsAttention.module.css'

/** Work that the desk could not accept, whole, with the reason and what came between. */
export function NeedsAttention() {
  const attention = useEngine((state) => state.attention)
  return (
    <section className={styles.screen} aria-label={t('attention.title')}>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('attention.title')}</h1>
        {attention.length > 0 && <span className={styles.quiet}>{t('attention.count', { count: attention.length })}</span>}
      </header>
      {attention.length === 0 ? (
        <EmptyState title={t('attention.none')}>{t('attention.noneText')}</EmptyState>
      ) : (
        <ul className={styles.list}>
          {attention.map((entry) => (
            <li key={entry.command.id}>
              <RefusedWork entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
