import { useId, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './Choice.module.css'

type Option<V> = { readonly value: V; readonly label: string; readonly face?: ReactNode; readonly keys?: readonly string[] }

type Props<V> = {
  readonly label: string
  readonly labelHidden?: boolean
  readonly options: readonly Option<V>[]
  readonly value: V | null
  readonly onChange: (value: V) => void
  readonly onEnter?: (event: KeyboardEvent) => void
}

/** A row of options of which one is chosen: a radio group with arrow keys, and a letter or digit for each option while it has focus. */
export function Choice<V extends string | number>({ label, labelHidden = false, options, value, onChange, onEnter }: Props<V>) {
  const id = useId()
  const group = useRef<HTMLDivElement>(null)
  const chosen = options.findIndex((option) => option.value === value)

  const choose = (index: number) => {
    const option = options[(index + options.length) % options.length]
    if (!option) return
    onChange(option.value)
    const button = group.current?.children[options.indexOf(option)]
    if (button instanceof HTMLElement) button.focus()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const byKey = options.findIndex((option) => option.keys?.includes(event.key.toLowerCase()))
    if (event.key === 'ArrowRight' || event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') choose(chosen <= 0 ? options.length - 1 : chosen - 1)
    else if (byKey >= 0) choose(byKey)
    else if (event.key === 'Enter' && onEnter) onEnter(event)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.field}>
      <span id={id} className={labelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </span>
      <div ref={group} role="radiogroup" aria-labelledby={id} className={styles.group} onKeyDown={onKeyDown}>
        {options.map((option, index) => (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            aria-label={option.label}
            tabIndex={index === Math.max(chosen, 0) ? 0 : -1}
            className={styles.option}
            onClick={() => onChange(option.value)}
          >
            {option.face ?? option.label}
          </button>
        ))}
      </div>
    </div>
  )
}
