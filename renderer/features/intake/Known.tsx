import { useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import type { IntakeFields } from '#renderer/store/intake-draft.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { DueClock } from '#renderer/ui/DueClock.tsx'
import { SeverityMark } from '#renderer/ui/SeverityMark.tsx'
import styles from './Known.module.css'

const NO_ROWS: readonly CaseRow[] = []
const SHOWN = 6

/**
 * What is open at the customer already, the affected server first. F6 moves in; Enter carries what was said over to that case as
 * a call to log, and the half-written case is given up: its text goes along, so nothing is lost.
 */
export function Known({ fields, draftId }: { readonly fields: IntakeFields; readonly draftId: string }) {
  const { drafts } = useConsole()
  const customer = useBoard((board) => (fields.customerId ? board.customers.get(fields.customerId)?.name : undefined))
  const open = useBoard((board) => board.lists.get('open') ?? NO_ROWS)
  const [at, setAt] = useState(0)
  const rows = useMemo(() => {
    if (fields.customerId === null) return NO_ROWS
    const theirs = open.filter((row) => row.state.customerId === fields.customerId)
    return [
      ...theirs.filter((row) => fields.itemId !== null && row.state.itemId === fields.itemId),
      ...theirs.filter((row) => fields.itemId === null || row.state.itemId !== fields.itemId)
    ].slice(0, SHOWN)
  }, [open, fields.customerId, fields.itemId])

  const carryOver = (row: CaseRow) => {
    const said = [fields.callerName, fields.subject, fields.notes]
      .map((text) => text.trim())
      .filter(Boolean)
      .join('\n')
    const composer = `composer:${row.id}`
    const before = drafts.getState().byId.get(composer)?.body['call']
    drafts.edit(composer, 'composer', row.id, {
      call: [typeof before === 'string' ? before : '', said].filter(Boolean).join('\n'),
      via: 'phone'
    })
    drafts.drop(draftId)
    const view = useView.getState()
    view.showIntake(null)
    view.openCase(row.id)
    view.compose('call')
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && !event.ctrlKey && row) carryOver(row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  if (!customer) return null
  return (
    <section>
      <h2 className={styles.title}>{t('intake.match.known', { customer })}</h2>
      {rows.length === 0 ? (
        <p className={styles.none}>{t('intake.match.knownNone')}</p>
      ) : (
        <ul
          id="intake-known"
          role="listbox"
          tabIndex={0}
          aria-label={t('intake.match.known', { customer })}
          aria-activedescendant={rows[at] ? `known-${rows[at].id}` : undefined}
          className={styles.list}
          onKeyDown={onKeyDown}
        >
          {rows.map((row, index) => (
            <li
              key={row.id}
              id={`known-${row.id}`}
              role="option"
              aria-selected={index === at}
              className={styles.row}
              onDoubleClick={() => carryOver(row)}
              onClick={() => setAt(index)}
            >
              <SeverityMark severity={row.state.severity} size={18} />
              <span className={styles.subject}>{row.state.subject}</span>
              {row.due && (
                <span className={styles.clock}>
                  <DueClock kind={row.due.kind} deadline={row.due} acknowledged={row.state.acknowledgedAt !== null} />
                </span>
              )}
              <span className={styles.note}>
                {row.state.number} {t(`status.${row.state.status}`).toLowerCase()}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
