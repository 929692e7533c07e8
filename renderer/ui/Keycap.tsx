import styles from './Keycap.module.css'

/** A key as it is written on the keyboard; the button or hint beside it carries the meaning. */
export function Keycap({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {keys}
    </kbd>
  )
}
