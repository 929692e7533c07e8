import { memo, useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { z } from 'zod'
import { ContactChannel } from '#shared/domain/case/fact.ts'
import type { CaseId } from '#shared/domain/identity.ts'
import { useConsole } from '#renderer/store/console.tsx'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { useView } from '#renderer/store/view.ts'
import type { ComposerTab } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import { TextArea } from '#renderer/ui/TextInput.tsx'
import { NextUpdate } from './NextUpdate.tsx'
import { SendButton } from './SendButton.tsx'
import styles from './Composer.module.css'

const Fields = z.object({
  update: z.string().catch(''),
  note: z.string().catch(''),
  call: z.string().catch(''),
  via: ContactChannel.catch('phone')
})

const TABS: readonly {
  readonly tab: ComposerTab
  readonly key: string
  readonly send: 'composer.sendUpdate' | 'composer.sendNote' | 'composer.sendCall'
}[] = [
  { tab: 'update', key: 'C', send: 'composer.sendUpdate' },
  { tab: 'note', key: 'N', send: 'composer.sendNote' },
  { tab: 'call', key: 'L', send: 'composer.sendCall' }
]

/**
 * Writing on a case. It depends on its own draft only: nothing anybody else does to the case renders, moves or empties it. The
 * text leaves the draft once the command is accepted here, and not before.
 */
export const Composer = memo(function Composer({ caseId }: { readonly caseId: CaseId }) {
  const { client, board } = useConsole()
  const submit = useSubmit()
  const tab = useView((view) => view.composer)
  const compose = useView((view) => view.compose)
  const asked = useView((view) => view.composerAsked)
  const composerReady = useView((view) => view.composerReady)
  const { fields, edit, drop, kept } = useDraftFields(`composer:${caseId}`, 'composer', caseId, Fields)
  const area = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    if (!asked) return
    area.current?.focus()
    composerReady()
  }, [asked, composerReady])

  const send = async () => {
    const text = fields[tab].trim()
    if (text === '') return
    const number = board.getState().cases.get(caseId)?.state.number ?? ''
    const done = t(`case.done.${tab}`, { number })
    const { via } = fields
    const sent =
      tab === 'note'
        ? await submit('note', caseId, { text }, done)
        : tab === 'update'
          ? await submit('updateCustomer', caseId, { text, via }, done)
          : await submit(
              'recordContact',
              caseId,
              { text, via, contactId: board.getState().cases.get(caseId)?.state.contactId ?? null },
              done
            )
    if (!sent?.accepted) return
    const rest = { ...fields, [tab]: '' }
    if (rest.update + rest.note + rest.call === '') drop()
    else edit({ [tab]: '' })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send()
    else if (event.key === 'Escape') document.getElementById('case-view')?.focus()
    else return
    event.preventDefault()
  }

  const current = TABS.find((known) => known.tab === tab) ?? TABS[0]
  return (
    <section className={styles.composer} aria-label={t('composer.label')}>
      <div role="tablist" aria-label={t('composer.label')} className={styles.tabs}>
        {TABS.map((known) => (
          <button
            key={known.tab}
            type="button"
            role="tab"
            aria-selected={known.tab === tab}
            aria-controls="composer-panel"
            className={styles.tab}
            onClick={() => compose(known.tab)}
          >
            {t(`composer.${known.tab}`)}
            {fields[known.tab] !== '' && known.tab !== tab && (
              <span className={styles.drafted} role="img" aria-label={t('composer.drafted')} />
            )}
            <Keycap keys={known.key} />
          </button>
        ))}
      </div>
      <div id="composer-panel" role="tabpanel" aria-label={t(`composer.${tab}`)} className={styles.panel}>
        <TextArea
          ref={area}
          aria-label={t(`composer.${tab}Text`)}
          placeholder={t(`composer.${tab}Text`)}
          className={styles.text}
          rows={3}
          value={fields[tab]}
          onChange={(event) => edit({ [tab]: event.target.value })}
          onKeyDown={onKeyDown}
          onFocus={() => client.reportPresence({ caseId, editing: true })}
          onBlur={() => client.reportPresence({ caseId, editing: false })}
        />
        <div className={styles.foot}>
          {tab !== 'note' && (
            <Choice
              label={t('composer.via')}
              labelHidden
              value={fields.via}
              onChange={(via) => edit({ via })}
              options={[
                { value: 'phone', label: t('composer.viaPhone') },
                { value: 'email', label: t('composer.viaEmail') },
                { value: 'portal', label: t('composer.viaPortal') }
              ]}
            />
          )}
          <span className={styles.hint}>
            {tab === 'update' && fields.update !== '' ? (
              <NextUpdate caseId={caseId} />
            ) : kept && fields[tab] !== '' ? (
              t('composer.drafted')
            ) : (
              ''
            )}
          </span>
          <SendButton
            caseId={caseId}
            tab={tab}
            empty={fields[tab].trim() === ''}
            label={t(current?.send ?? 'composer.sendNote')}
            onSend={() => void send()}
          />
        </div>
      </div>
    </section>
  )
})
