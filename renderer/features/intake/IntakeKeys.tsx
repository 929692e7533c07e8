import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import styles from './Intake.module.css'

/** Every key of the intake, always on screen. */
export function IntakeKeys({
  saved,
  onSave,
  onReadBack,
  onPark
}: {
  readonly saved: boolean
  readonly onSave: () => void
  readonly onReadBack: () => void
  readonly onPark: () => void
}) {
  const hints = [
    ['Enter', t('intake.key.next')],
    ['Shift Enter', t('intake.key.previous')],
    ['F6', t('intake.key.known')],
    ['F7', t('intake.key.severity')],
    ['Esc', t('intake.key.escape')]
  ] as const
  return (
    <footer className={styles.keys}>
      {hints.map(([keys, words]) => (
        <span key={keys} className={styles.keyHint}>
          <Keycap keys={keys} /> {words}
        </span>
      ))}
      <span className={styles.spacer} />
      <Button look="bare" keys="F8" disabled={saved} onClick={onPark}>
        {t('intake.park')}
      </Button>
      <Button keys="F9" disabled={saved} onClick={onReadBack}>
        {t('intake.readBack.title')}
      </Button>
      <Button look="main" keys="Ctrl Enter" disabled={saved} onClick={onSave}>
        {t('intake.save')}
      </Button>
    </footer>
  )
}
