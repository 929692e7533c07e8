import { useNotices } from '#renderer/store/notices.ts'
import { t } from '#renderer/strings/t.ts'
import { CloseIcon } from '#renderer/ui/icons.tsx'
import styles from './Notices.module.css'

/** What just happened, in the lower right corner; read out politely, never taking focus. */
export function Notices() {
  const notices = useNotices((state) => state.notices)
  const dismiss = useNotices((state) => state.dismiss)
  return (
    <section className={styles.notices} aria-label={t('notices.label')} aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
          <span>{notice.text}</span>
          <button type="button" className={styles.dismiss} aria-label={t('notices.dismiss')} onClick={() => dismiss(notice.id)}>
            <CloseIcon />
          </button>
        </div>
      ))}
    </section>
  )
}
