import type { CaseState } from '#shared/domain/case/case.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import styles from './Tasks.module.css'

/** What the intake could not fill, as tasks. Those that the details form can fill open it; a description is added as a note. */
export function Tasks({ state }: { readonly state: CaseState }) {
  const openForm = useView((view) => view.openForm)
  const compose = useView((view) => view.compose)
  if (state.missing.length === 0 || !isOpen(state.status)) return null
  return (
    <section className={styles.tasks} aria-label={t('case.tasks')}>
      <h3 className={styles.title}>{t('case.tasks')}</h3>
      <ul className={styles.list}>
        {state.missing.map((field) => (
          <li key={field}>
            {field === 'verification' ? (
              <span className={styles.task} title={t('case.unverifiedText')}>
                {t(`case.missing.${field}`)}
              </span>
            ) : (
              <button
                type="button"
                className={styles.task}
                onClick={() => (field === 'description' ? compose('note') : openForm('details'))}
              >
                {t(`case.missing.${field}`)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
