import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './Field.module.css'

type FieldIds = { readonly id: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': true | undefined }

type Props = {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with it, in words; takes the hint's place. */
  readonly problem?: string | null
  readonly required?: boolean
  readonly className?: string | undefined
  readonly children: (ids: FieldIds) => ReactNode
}

/** A labelled control with its hint or problem underneath; `children` gets the attributes that tie them together. */
export function Field({ label, hint, problem, required = false, className, children }: Props) {
  const id = useId()
  const note = problem ?? hint
  return (
    <div className={[styles.field, className].filter(Boolean).join(' ')}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {required && (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': problem ? true : undefined })}
      {note && (
        <span id={`${id}-note`} className={problem ? styles.problem : styles.hint}>
          {note}
        </span>
      )}
    </div>
  )
}
