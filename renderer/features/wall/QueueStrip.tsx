import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import styles from './Wall.module.css'

/** How much each team has open, and how many deadlines did not fit above. */
export function QueueStrip({ more }: { readonly more: number }) {
  const { board } = useConsole()
  useBoard((state) => state.directoryVersion)
  const queues = [...board.getState().queues.values()]
    .filter((queue) => queue.active && !queue.restricted)
    .toSorted((a, b) => a.order - b.order)
  return (
    <footer className={styles.bottom}>
      {more > 0 && <span className={styles.more}>{t('wall.more', { count: more })}</span>}
      <ul className={styles.queues} aria-label={t('wall.queues')}>
        {queues.map((queue) => (
          <QueueCount key={queue.id} queue={queue} />
        ))}
      </ul>
    </footer>
  )
}

function QueueCount({ queue }: { readonly queue: Queue }) {
  const open = useBoard((board) => board.lists.get(`queue:${queue.id}`)?.length ?? 0)
  return (
    <li>
      {queue.name} <b>{open}</b>
    </li>
  )
}
