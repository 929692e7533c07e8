import { useCallback } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import type { Presence } from '#shared/protocol/presence.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { useViewers } from '#renderer/store/presence.ts'
import { t } from '#renderer/strings/t.ts'
import { PersonBadge } from '#renderer/ui/PersonBadge.tsx'
import { durationOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import styles from './Here.module.css'

/** Who else has this case open; somebody whose connection was lost is shown as lost, with its age. */
export function Here({ caseId }: { readonly caseId: string }) {
  const viewers = useViewers(caseId)
  if (viewers.length === 0) return null
  return (
    <ul className={styles.here} aria-label={t('case.others')}>
      {viewers.map((viewer) => (
        <Viewer key={viewer.consoleId} viewer={viewer} />
      ))}
    </ul>
  )
}

function Viewer({ viewer }: { readonly viewer: Presence }) {
  const person = useBoard((board) => board.people.get(viewer.personId))
  const { lostAt, editing } = viewer
  const age = useTicking(useCallback((now: Instant) => (lostAt === null ? null : durationOf(now - lostAt)), [lostAt]))
  if (!person) return null
  const words =
    age !== null ? t('case.lost', { name: person.name, age }) : t(editing ? 'case.editing' : 'case.viewing', { name: person.name })
  return (
    <li className={styles.viewer} title={words}>
      <PersonBadge name={person.name} initials={person.initials} muted={lostAt !== null} />
      <span>{words}</span>
    </li>
  )
}
