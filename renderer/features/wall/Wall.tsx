import { useEffect, useMemo, useState } from 'react'
import type { CSSProperties } from 'react'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useSettings } from '#renderer/store/settings.ts'
import { t } from '#renderer/strings/t.ts'
import { Majors } from './Majors.tsx'
import { QueueStrip } from './QueueStrip.tsx'
import { TopStrip } from './TopStrip.tsx'
import { useLiveness } from './use-liveness.ts'
import { useWallSizes } from './use-wall-sizes.ts'
import { WallRow } from './WallRow.tsx'
import { WallSetup } from './WallSetup.tsx'
import styles from './Wall.module.css'

const NO_ROWS: readonly CaseRow[] = []

/** What somebody can act on now, readable from across the room: the next deadlines, broken ones first; nothing scrolls or rotates. */
export function Wall() {
  const { board } = useConsole()
  const open = useBoard((state) => state.lists.get('open') ?? NO_ROWS)
  const version = useBoard((state) => state.directoryVersion)
  // Whoever is signed in on this computer, a wall hangs where everybody reads it.
  const rows = useMemo(
    () => (version < 0 ? NO_ROWS : open.filter((row) => !board.getState().queues.get(row.state.queueId)?.restricted)),
    [board, open, version]
  )
  const visitor = useSettings((settings) => settings.wall.visitor)
  const sizes = useWallSizes()
  const live = useLiveness()
  const [setup, setSetup] = useState(false)
  const shown = rows.slice(0, sizes.rows)
  const flashing = shown.find((row) => row.state.acknowledgedAt === null)?.id

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 's' && !(event.target instanceof HTMLInputElement)) setSetup(true)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  const style = { '--first': `${sizes.first}px`, '--row': `${sizes.row}px`, '--least': `${sizes.least}px` } as CSSProperties
  return (
    <main className={styles.wall} style={style} data-live={live.state} aria-label={t('wall.label')}>
      <TopStrip rows={rows} live={live} onSetup={() => setSetup(true)} />
      <div className={styles.middle}>
        {shown.length === 0 ? (
          <div className={styles.nothing}>
            <p>{t('wall.nothing')}</p>
            <p className={styles.quiet}>{t('wall.nothingText')}</p>
          </div>
        ) : (
          <ol className={styles.rows}>
            {shown.map((row, index) => (
              <WallRow key={row.id} row={row} first={index === 0} flashing={row.id === flashing} visitor={visitor} />
            ))}
          </ol>
        )}
        <Majors rows={rows} visitor={visitor} />
      </div>
      <QueueStrip more={rows.length - shown.length} />
      {setup && <WallSetup onClose={() => setSetup(false)} />}
    </main>
  )
}
