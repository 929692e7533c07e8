import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { CaseId } from '#shared/domain/identity.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { t } from '#renderer/strings/t.ts'
import { CaseTableRow } from './CaseTableRow.tsx'
import styles from './CaseTable.module.css'

type Props = {
  readonly label: string
  readonly rows: readonly CaseRow[]
  readonly selectedId: CaseId | null
  /** The cursor moved onto a case, by arrow key or pointer. */
  readonly onSelect: (caseId: CaseId) => void
  /** Enter or double click: the person wants to work in it. */
  readonly onOpen: (caseId: CaseId) => void
  readonly autoFocus?: boolean
  /** What the last column is. */
  readonly dueLabel?: string
}

/** Below this width a row takes two lines. */
const WIDE_FROM = 980
const ROW_HEIGHT = { wide: 34, narrow: 54 }

/** The cases of a list, in the order given. Only what is on screen exists in the page, so 50,000 rows scroll like fifty. */
export function CaseTable({ label, rows, selectedId, onSelect, onOpen, autoFocus = false, dueLabel = t('list.column.due') }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [wide, setWide] = useState(true)
  const rowHeight = wide ? ROW_HEIGHT.wide : ROW_HEIGHT.narrow
  const selected = useMemo(() => rows.findIndex((row) => row.id === selectedId), [rows, selectedId])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = () => setWide(element.clientWidth === 0 || element.clientWidth >= WIDE_FROM)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    if (autoFocus) scroller.current?.focus({ preventScroll: true })
  }, [autoFocus])

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    scrollPaddingStart: wide ? 30 : 0
  })
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight])

  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    virtual.scrollToIndex(rows.indexOf(row))
    onSelect(row.id)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const moves: { readonly [key: string]: number } = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: rows.length - 1
    }
    const target = moves[event.key]
    if (target !== undefined) moveTo(target)
    else if (event.key === 'Enter' && selectedId !== null && selected >= 0) onOpen(selectedId)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      tabIndex={0}
      aria-activedescendant={selectedId !== null && selected >= 0 ? `case-${selectedId}` : undefined}
      data-wide={wide}
      onKeyDown={onKeyDown}
    >
      {wide && (
        <div role="row" className={styles.head}>
          <span role="columnheader">
            <span className="visually-hidden">{t('list.column.severity')}</span>
          </span>
          <span role="columnheader">{t('list.column.number')}</span>
          <span role="columnheader">{t('list.column.customer')}</span>
          <span role="columnheader">{t('list.column.subject')}</span>
          <span role="columnheader">{t('list.column.status')}</span>
          <span role="columnheader">{t('list.column.owner')}</span>
          <span role="columnheader">
            <span className="visually-hidden">{t('list.column.viewers')}</span>
          </span>
          <span role="columnheader" className={styles.headClock}>
            {dueLabel}
          </span>
        </div>
      )}
      <div className={styles.rows} style={{ height: virtual.getTotalSize() }} role="rowgroup">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          return (
            row && (
              <CaseTableRow
                key={row.id}
                row={row}
                index={item.index}
                top={item.start}
                height={rowHeight}
                wide={wide}
                selected={row.id === selectedId}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            )
          )
        })}
      </div>
    </div>
  )
}
