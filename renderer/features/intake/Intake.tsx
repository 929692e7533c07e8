import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useConsole } from '#renderer/store/console.tsx'
import { useSettings } from '#renderer/store/settings.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { chosen, firstActive } from './choose-match.ts'
import { nextField, previousField } from './fields.ts'
import type { FieldName } from './fields.ts'
import { IntakeForm } from './IntakeForm.tsx'
import { IntakeKeys } from './IntakeKeys.tsx'
import { Known } from './Known.tsx'
import { Matches } from './Matches.tsx'
import { e164Of } from '#renderer/store/phone.ts'
import { ReadBack } from './ReadBack.tsx'
import { Stopwatch } from './Stopwatch.tsx'
import { useIntake } from './use-intake.ts'
import { useMatches } from './use-matches.ts'
import type { Match } from './use-matches.ts'
import { useSaveIntake } from './use-save-intake.ts'
import styles from './Intake.module.css'

/**
 * A phone call being written down: one column in the order of the call, matches beside it, everything by keyboard. What is typed is a
 * draft on disk from the first key; leaving never loses it.
 */
export function Intake({ draftId }: { readonly draftId: string }) {
  const { drafts } = useConsole()
  const country = useSettings((settings) => settings.country)
  const showIntake = useView((view) => view.showIntake)
  const intake = useIntake(draftId)
  const { fields, edit, leave, isFilled } = intake
  const [field, setField] = useState<FieldName>('callerNumber')
  const [reading, setReading] = useState(false)
  const matches = useMatches(field, fields, country)
  const typed = typedIn(field, fields)
  const [moved, setMoved] = useState<{ readonly for: string; readonly index: number } | null>(null)
  const cursorKey = `${field} ${typed}`
  const active = moved?.for === cursorKey ? Math.min(moved.index, matches.length - 1) : firstActive(field, typed, matches)
  const form = useRef<HTMLFormElement>(null)
  const { save, saved, problems } = useSaveIntake(draftId, intake)

  const focus = useCallback((name: FieldName) => {
    const element = form.current?.querySelector(`[data-field="${name}"]`)
    const control = element?.querySelector('[role="radio"][tabindex="0"]') ?? element
    if (control instanceof HTMLElement) control.focus()
    if (control instanceof HTMLInputElement) control.select()
  }, [])

  useEffect(() => focus('callerNumber'), [focus])
  useEffect(() => {
    // The draft went away (moved to another case, dropped elsewhere): nothing is left to show.
    if (!saved && drafts.getState().loaded && !drafts.getState().byId.has(draftId)) showIntake(null)
  }, [drafts, draftId, saved, showIntake, fields])

  const choose = (match: Match) => {
    const patch = chosen(match, fields, country)
    edit(patch)
    leave(field)
    const after = nextField(field, (name) => filledBy(patch, name) || isFilled(name))
    if (after) focus(after)
  }

  const advance = () => {
    const match = matches[active]
    if (match) return choose(match)
    if (field === 'callerNumber' && fields.callbackNumber === '' && e164Of(fields.callerNumber, country) !== null)
      edit({ callbackNumber: fields.callerNumber })
    const after = nextField(field, isFilled)
    if (after) focus(after)
    else void save()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey
    const inNotes = event.target instanceof HTMLTextAreaElement
    const onButton = event.target instanceof HTMLButtonElement && event.target.getAttribute('role') !== 'radio'
    if (event.key === 'Enter' && control) void save()
    else if (event.key === 'F7') focus('severity')
    else if (event.key === 'F8') showIntake(null)
    else if (event.key === 'F9') setReading(true)
    else if (event.key === 'F6') document.getElementById('intake-known')?.focus()
    else if (event.key === 'Enter' && event.shiftKey && !onButton) focusPrevious()
    else if (event.key === 'Enter' && !inNotes && !onButton) advance()
    else if (event.key === 'ArrowDown' && matches.length > 0) setMoved({ for: cursorKey, index: Math.min(active + 1, matches.length - 1) })
    else if (event.key === 'ArrowUp' && matches.length > 0) setMoved({ for: cursorKey, index: Math.max(active - 1, 0) })
    else return
    event.preventDefault()
  }
  const focusPrevious = () => {
    const before = previousField(field)
    if (before) focus(before)
  }

  const showReadBack = reading || saved !== null
  const shown = saved?.intake ?? intake
  return (
    <section className={styles.intake} aria-label={t('intake.title')} onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('intake.title')}</h1>
        <span className={styles.number} data-provisional={shown.fields.provisional}>
          {saved?.number ?? fields.number ?? t('intake.noNumber')}
        </span>
        {shown.fields.provisional && <span className={styles.quiet}>{t('intake.provisional')}</span>}
        <Stopwatch startedAt={shown.fields.startedAt} />
      </header>
      <IntakeForm
        ref={form}
        intake={shown}
        problems={problems}
        disabled={saved !== null}
        activeId={matches[active] ? `match-${matches[active].id}` : undefined}
        expanded={matches.length > 0}
        onFocusField={(name) => {
          if (name !== field) leave(field)
          setField(name)
        }}
      />
      <aside className={styles.side}>
        {showReadBack ? (
          <ReadBack intake={shown} saved={saved} draftId={draftId} onDone={() => setReading(false)} />
        ) : (
          <>
            {MATCHED.has(field) && <Matches matches={matches} active={active} typed={typed} onChoose={choose} />}
            <Known fields={fields} draftId={draftId} />
          </>
        )}
      </aside>
      <IntakeKeys saved={saved !== null} onSave={() => void save()} onReadBack={() => setReading(true)} onPark={() => showIntake(null)} />
    </section>
  )
}

const MATCHED: ReadonlySet<FieldName> = new Set(['callerNumber', 'callerName', 'customer', 'contact', 'item'])

function typedIn(field: FieldName, fields: ReturnType<typeof useIntake>['fields']): string {
  switch (field) {
    case 'callerNumber':
    case 'callerName':
      return fields[field]
    case 'customer':
      return fields.customerText
    case 'contact':
      return fields.contactText
    case 'item':
      return fields.itemText
    case 'subject':
    case 'impact':
    case 'urgency':
    case 'severity':
    case 'callback':
    case 'owner':
    case 'queue':
    case 'notes':
      return ''
  }
}

function filledBy(patch: Partial<ReturnType<typeof useIntake>['fields']>, field: FieldName): boolean {
  if (field === 'customer') return Boolean(patch.customerId)
  if (field === 'contact') return Boolean(patch.contactId)
  if (field === 'item') return Boolean(patch.itemId)
  if (field === 'callerName') return Boolean(patch.callerName)
  if (field === 'callback') return Boolean(patch.callbackNumber)
  return false
}
