import { useEffect, useId, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import styles from './FormFrame.module.css'

type Props = {
  readonly title: string
  readonly submit: string
  /** Why it cannot be submitted yet, in words; null when it can. */
  readonly problem: string | null
  /** Resolves to true when the command stood: the form closes. */
  readonly onSubmit: () => Promise<boolean>
  readonly children: ReactNode
}

/** A form on a case: takes the cursor, submits with Ctrl+Enter, closes with Esc and keeps what was typed. */
export function FormFrame({ title, submit, problem, onSubmit, children }: Props) {
  const openForm = useView((view) => view.openForm)
  const id = useId()
  const frame = useRef<HTMLFormElement>(null)

  useEffect(() => {
    const first = frame.current?.querySelector('[role="radio"][tabindex="0"], input, textarea, select')
    if (first instanceof HTMLElement) first.focus()
    frame.current?.scrollIntoView({ block: 'nearest' })
  }, [])

  const close = () => {
    openForm(null)
    document.getElementById('case-view')?.focus()
  }
  const send = async () => {
    if (problem === null && (await onSubmit())) close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  }

  return (
    <form
      ref={frame}
      className={styles.frame}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      {children}
      <div className={styles.foot}>
        <span className={styles.note}>{t('form.keptDraft')}</span>
        <Button look="bare" keys="Esc" onClick={close}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" look="main" keys="Ctrl Enter" refusal={problem}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
