import type { ReactNode } from 'react'
import type { CaseRow } from '#renderer/store/case-row.ts'
import type { ListKey } from '#renderer/store/case-lists.ts'
import { useBoard, useConsole, useEngine } from '#renderer/store/console.tsx'
import { useView } from '#renderer/store/view.ts'
import type { Screen } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { AttentionIcon, CustomerIcon, DeskIcon, EndedIcon, PersonIcon, QueueIcon, SettingsIcon, WallIcon } from '#renderer/ui/icons.tsx'
import { WorstClock } from '#renderer/ui/WorstClock.tsx'
import styles from './Rail.module.css'

const NO_ROWS: readonly CaseRow[] = []

/** The places of the desk; each list says how many are open and how near its next deadline is. */
export function Rail() {
  const { board, desk } = useConsole()
  useBoard((state) => state.directoryVersion)
  const queues = [...board.getState().queues.values()]
    .filter((queue) => queue.active)
    .toSorted((a, b) => a.order - b.order || a.name.localeCompare(b.name))
  const attention = useEngine((state) => state.attention.length)

  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <Section title={t('rail.work')}>
        <ListLink list="mine" icon={<PersonIcon />} name={t('list.mine')} />
        <ListLink list="open" icon={<DeskIcon />} name={t('list.open')} />
        <Place
          screen={{ name: 'attention' }}
          icon={<AttentionIcon />}
          name={t('rail.attention')}
          {...(attention > 0 ? { count: attention, urgent: true } : {})}
        />
      </Section>
      <Section title={t('rail.queues')}>
        {queues.map((queue) => (
          <ListLink key={queue.id} list={`queue:${queue.id}`} icon={<QueueIcon />} name={queue.name} />
        ))}
      </Section>
      <Section title={t('rail.desk')}>
        <ListLink list="ended" icon={<EndedIcon />} name={t('list.ended')} />
        <Place screen={{ name: 'customers', customerId: null }} icon={<CustomerIcon />} name={t('rail.customers')} />
        {desk && (
          <button type="button" className={styles.place} onClick={() => void desk.openWall({})}>
            <WallIcon />
            <span className={styles.name}>{t('rail.wall')}</span>
          </button>
        )}
        <Place screen={{ name: 'settings' }} icon={<SettingsIcon />} name={t('rail.settings')} />
      </Section>
    </nav>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  )
}

function ListLink({ list, icon, name }: { readonly list: ListKey; readonly icon: ReactNode; readonly name: string }) {
  const rows = useBoard((board) => board.lists.get(list) ?? NO_ROWS)
  const [worst] = rows
  return (
    <Place
      screen={{ name: 'list', list }}
      icon={icon}
      name={name}
      {...(list === 'ended' ? {} : { count: rows.length, countLabel: t('rail.openCount', { count: rows.length }) })}
    >
      {worst?.due && <WorstClock row={worst} />}
    </Place>
  )
}

type PlaceProps = {
  readonly screen: Screen
  readonly icon: ReactNode
  readonly name: string
  readonly count?: number
  readonly countLabel?: string
  readonly urgent?: boolean
  readonly children?: ReactNode
}

function Place({ screen, icon, name, count, countLabel, urgent = false, children }: PlaceProps) {
  const show = useView((view) => view.show)
  const here = useView((view) => view.intakeId === null && isSame(view.screen, screen))
  return (
    <button type="button" className={styles.place} title={name} aria-current={here ? 'page' : undefined} onClick={() => show(screen)}>
      {icon}
      <span className={styles.name}>{name}</span>
      {children}
      {count !== undefined && (
        <span className={styles.count} data-urgent={urgent} title={countLabel}>
          {count}
        </span>
      )}
    </button>
  )
}

function isSame(a: Screen, b: Screen): boolean {
  return a.name === b.name && (a.name !== 'list' || b.name !== 'list' || a.list === b.list)
}
