import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import styles from './Dialog.module.css'

type Props = {
  readonly label: string
  readonly onClose: () => void
  readonly wide?: boolean
  readonly top?: boolean
  readonly children: ReactNode
}

/** A modal sheet on the browser's own dialog: it keeps focus inside, closes with Esc or a click beside it, and gives focus back. */
export function Dialog({ label, onClose, wide = false, top = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      className={styles.dialog}
      data-wide={wide}
      data-top={top}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={styles.sheet}>{children}</div>
    </dialog>
  )
}
