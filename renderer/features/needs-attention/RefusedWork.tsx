import { useState } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import type { Attention } from '#renderer/sync/engine-api.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useNotices } from '#renderer/store/notices.ts'
import { useView } from '#renderer/store/view.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Confirm } from '#renderer/ui/Confirm.tsx'
import { whenOf } from '#renderer/ui/time-words.ts'
import { contentOf, nameOf } from './content.ts'
import styles from './NeedsAttention.module.css'

/** One refused command: what it was, why not, what somebody did meanwhile, and everything that was typed. */
export function RefusedWork({ entry }: { readonly entry: Attention }) {
  const { client, board, ticker } = useConsole()
  const say = useNotices((notices) => notices.say)
  const openCase = useView((view) => view.openCase)
  const [asking, setAsking] = useState(false)
  const { command, refusal, overtakenBy, refusedAt } = entry
  const row = useBoard((state) => (command.record.kind === 'case' ? state.cases.get(command.record.id) : undefined))
  const content = contentOf(command, board.getState(), ticker.now())
  const now = ticker.now()

  const again = async () => {
    try {
      const answer = await client.applyAgain(command.id)
      if (answer.accepted) say('done', t('attention.applied'))
      else say('problem', refusalWords(answer.refusal))
    } catch (error) {
      say('problem', error instanceof Error ? error.message : String(error))
    }
  }
  const copy = async () => {
    await navigator.clipboard.writeText([nameOf(command), ...content.map(([label, text]) => `${label}: ${text}`)].join('\n'))
    say('done', t('attention.copied'))
  }
  const discard = async () => {
    setAsking(false)
    await client.discard(command.id)
  }

  return (
    <article className={styles.work} aria-label={nameOf(command)}>
      <header className={styles.workHead}>
        <h2 className={styles.workTitle}>
          {nameOf(command)}
          {row && <span className={styles.quiet}> {row.state.number}</span>}
        </h2>
        <span className={styles.quiet}>
          {t('attention.doneAt', { at: whenOf(command.occurredAt, now) })}, {t('attention.refusedAt', { at: whenOf(refusedAt, now) })}
        </span>
      </header>
      <p className={styles.reason}>{refusalWords(refusal)}</p>
      {overtakenBy && (
        <p className={styles.meanwhile}>
          {t('attention.meanwhile', {
            name: overtakenBy.actorName,
            at: whenOf(overtakenBy.occurredAt as Instant, now),
            text: overtakenBy.text || overtakenBy.type
          })}
        </p>
      )}
      <dl className={styles.content}>
        {content.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.foot}>
        <Button look="main" onClick={() => void again()}>
          {t('attention.again')}
        </Button>
        <Button onClick={() => void copy()}>{t('attention.copy')}</Button>
        {row && <Button onClick={() => openCase(row.id)}>{t('attention.openCase')}</Button>}
        <span className={styles.spacer} />
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('attention.discard')}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={t('attention.discardTitle')}
          text={t('attention.discardText')}
          confirm={t('attention.discard')}
          keep={t('attention.keep')}
          onConfirm={() => void discard()}
          onClose={() => setAsking(false)}
        />
      )}
    </article>
  )
}
