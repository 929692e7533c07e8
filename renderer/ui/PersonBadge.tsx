import styles from './PersonBadge.module.css'

/** A person by initials; the full name is what assistive technology reads. */
export function PersonBadge({
  name,
  initials,
  muted = false
}: {
  readonly name: string
  readonly initials: string
  readonly muted?: boolean
}) {
  return (
    <span className={styles.badge} data-muted={muted} role="img" aria-label={name} title={name}>
      {initials}
    </span>
  )
}
