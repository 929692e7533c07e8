import type { ComponentProps } from 'react'
import { Keycap } from './Keycap.tsx'
import styles from './Button.module.css'

type Props = ComponentProps<'button'> & {
  /** `main`: the one thing to do here; `plain`: everything else; `bare`: in bars and rows; `danger`: throws something away. */
  readonly look?: 'main' | 'plain' | 'bare' | 'danger'
  /** The key that does the same, shown on the button. */
  readonly keys?: string
  /** Why it cannot be pressed now: announced, shown on hover, and the button stays reachable. */
  readonly refusal?: string | null
}

/** A button that says its key and, when it does nothing, why. */
export function Button({ look = 'plain', keys, refusal, className, children, onClick, title, ...rest }: Props) {
  const blocked = refusal !== null && refusal !== undefined
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[look], className].filter(Boolean).join(' ')}
      aria-disabled={blocked || undefined}
      title={blocked ? refusal : title}
      aria-keyshortcuts={keys?.replace('Ctrl', 'Control')}
      onClick={blocked ? undefined : onClick}
    >
      {children}
      {keys !== undefined && <Keycap keys={keys} />}
    </button>
  )
}
