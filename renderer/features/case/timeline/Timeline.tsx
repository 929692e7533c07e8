import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { CaseId } from '#shared/domain/identity.ts'
import { t } from '#renderer/strings/t.ts'
import { dayOf, isSameDay } from '#renderer/ui/time-words.ts'
import { useTicker } from '#renderer/ui/use-ticker.ts'
import { TimelineLineView } from './TimelineLineView.tsx'
import { useTimeline } from './use-timeline.ts'
import styles from './Timeline.module.css'

const LINE_HEIGHT = 56

/** Everything that happened to the case, newest first, by day. Only the lines on screen exist in the page. */
export function Timeline({ caseId, scroller }: { readonly caseId: CaseId; readonly scroller: RefObject<HTMLDivElement | null> }) {
  const timeline = useTimeline(caseId)
  const ticker = useTicker()
  const list = useRef<HTMLOListElement>(null)
  const [margin, setMargin] = useState(0)
  const lines = useMemo(() => (timeline?.lines ?? []).toReversed(), [timeline])

  // The editor above may grow; the list then begins further down.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = () => {
      if (list.current) setMargin(list.current.offsetTop - element.offsetTop)
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const child of element.children) observer.observe(child)
    return () => observer.disconnect()
  }, [scroller, lines.length])

  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => `${lines.length - index}`,
    overscan: 8,
    scrollMargin: margin
  })

  return (
    <section className={styles.timeline} aria-label={t('timeline.label')}>
      {timeline === null || (timeline.state === 'loading' && lines.length === 0) ? (
        <p className={styles.note}>{t('timeline.loading')}</p>
      ) : null}
      <ol ref={list} className={styles.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const newer = lines[item.index - 1]
          const newDay = !newer || !isSameDay(newer.occurredAt, line.occurredAt)
          const today = isSameDay(line.occurredAt, ticker.now())
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={styles.item}
              style={{ transform: `translateY(${item.start - margin}px)` }}
            >
              {newDay && !(item.index === 0 && today) && (
                <p className={styles.day}>{today ? t('timeline.today') : dayOf(line.occurredAt, ticker.now())}</p>
              )}
              <TimelineLineView line={line} />
            </li>
          )
        })}
      </ol>
      {timeline?.state === 'partial' && <p className={styles.note}>{t('timeline.partial')}</p>}
    </section>
  )
}
