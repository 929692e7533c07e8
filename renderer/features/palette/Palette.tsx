import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { CaseState } from '#shared/domain/case/case.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useStartIntake } from '#renderer/store/intake-draft.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { SearchIcon } from '#renderer/ui/icons.tsx'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import { SeverityMark } from '#renderer/ui/SeverityMark.tsx'
import { paletteCommands } from './commands.ts'
import { findCases, findCustomers } from './find.ts'
import { useServerSearch } from './use-server-search.ts'
import styles from './Palette.module.css'

type Entry = {
  readonly id: string
  readonly group: 'cases' | 'customers' | 'commands' | 'server'
  readonly face: ReactNode
  readonly run: () => void
}

/** Ctrl+K: cases, customers and commands of this console at every keystroke; older cases from the server when typing pauses. */
export function Palette() {
  const { board, desk } = useConsole()
  const openPalette = useView((view) => view.openPalette)
  const startIntake = useStartIntake()
  const [typed, setTyped] = useState('')
  const [cursor, setCursor] = useState({ for: '', index: 0 })
  const words = useDeferredValue(typed)
  const lists = useBoard((state) => state.lists)
  const server = useServerSearch(typed)

  const entries = useMemo((): readonly Entry[] => {
    const state = board.getState()
    const view = useView.getState()
    return [
      ...(lists ? findCases(state, words) : []).map((row) => ({
        id: row.id,
        group: 'cases' as const,
        face: <CaseFace state={row.state} />,
        run: () => view.openCase(row.id)
      })),
      ...findCustomers(state, words).map(({ customer, contact }) => ({
        id: contact?.id ?? customer.id,
        group: 'customers' as const,
        face: <Face name={contact?.name ?? customer.name} note={contact ? customer.name : t(`plan.${customer.plan}`)} />,
        run: () => view.show({ name: 'customers', customerId: customer.id })
      })),
      ...paletteCommands(() => startIntake(), desk, words).map((command) => ({
        id: command.id,
        group: 'commands' as const,
        face: <Face name={command.name} {...(command.keys ? { keys: command.keys } : {})} />,
        run: command.run
      })),
      ...(server.state === 'found' ? server.cases : []).map((found) => ({
        id: found.id,
        group: 'server' as const,
        face: <CaseFace state={found} />,
        run: () => view.openElsewhere(found)
      }))
    ]
  }, [board, desk, lists, words, server, startIntake])

  const index = cursor.for === words ? Math.min(cursor.index, entries.length - 1) : 0
  const active = entries[index]
  useEffect(() => {
    if (active) document.getElementById(`palette-${active.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const run = (entry: Entry | undefined) => {
    if (!entry) return
    openPalette(false)
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setCursor({ for: words, index: Math.min(index + 1, entries.length - 1) })
    else if (event.key === 'ArrowUp') setCursor({ for: words, index: Math.max(index - 1, 0) })
    else if (event.key === 'Enter') run(active)
    else return
    event.preventDefault()
  }

  return (
    <Dialog label={t('palette.label')} onClose={() => openPalette(false)} wide top>
      <div className={styles.field}>
        <SearchIcon />
        <input
          className={styles.input}
          role="combobox"
          aria-label={t('palette.label')}
          aria-expanded={entries.length > 0}
          aria-controls="palette-list"
          aria-activedescendant={active ? `palette-${active.id}` : undefined}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id="palette-list" role="listbox" aria-label={t('palette.label')} className={styles.list}>
        {GROUPS.map((group) => {
          const inGroup = entries.filter((entry) => entry.group === group)
          return inGroup.length === 0 ? null : (
            <div key={group} role="group" aria-labelledby={`palette-${group}`}>
              <p id={`palette-${group}`} className={styles.group}>
                {t(`palette.${group}`)}
              </p>
              {inGroup.map((entry) => (
                <div
                  key={entry.id}
                  id={`palette-${entry.id}`}
                  role="option"
                  aria-selected={entry === active}

                  className={styles.entry}
                  onClick={() => run(entry)}
                >
                  {entry.face}
                </div>
              ))}
            </div>
          )
        })}
      </div>
      <p className={styles.foot} role="status">
        {server.state === 'searching'
          ? t('palette.searching')
          : server.state === 'unavailable'
            ? t('palette.offline')
            : entries.length === 0
              ? t('palette.none')
              : ''}
      </p>
    </Dialog>
  )
}

const GROUPS = ['cases', 'customers', 'commands', 'server'] as const

function CaseFace({ state }: { readonly state: CaseState }) {
  const customer = useBoard((board) => board.customers.get(state.customerId)?.name ?? '')
  return (
    <>
      <SeverityMark severity={state.severity} size={18} />
      <span className={styles.number}>{state.number}</span>
      <span className={styles.name}>{state.subject}</span>
      <span className={styles.note}>
        {customer}, {t(`status.${state.status}`).toLowerCase()}
      </span>
    </>
  )
}

function Face({ name, note, keys }: { readonly name: string; readonly note?: string; readonly keys?: string }) {
  return (
    <>
      <span className={styles.name}>{name}</span>
      {note && <span className={styles.note}>{note}</span>}
      {keys && <Keycap keys={keys} />}
    </>
  )
}
