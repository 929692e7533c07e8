import type { ComponentProps } from 'react'
import styles from './Field.module.css'

/** A one-line control in the desk's look. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input type="text" autoComplete="off" spellCheck={false} {...rest} className={[styles.input, className].filter(Boolean).join(' ')} />
  )
}

/** A control for longer text. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea spellCheck {...rest} className={[styles.input, className].filter(Boolean).join(' ')} />
}

/** A choice among a handful of known values. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={[styles.input, className].filter(Boolean).join(' ')} />
}
