import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** Nothing to show, and what to do about it. */
export function EmptyState({
  title,
  children,
  action
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children && <p className={styles.text}>{children}</p>}
      {action}
    </div>
  )
}
