import { useSettings } from '#renderer/store/settings.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { WallMeasures } from '#renderer/ui/WallMeasures.tsx'
import styles from './WallSetup.module.css'

/** The measures from which every size follows, entered once. */
export function WallSetup({ onClose }: { readonly onClose: () => void }) {
  const wall = useSettings((settings) => settings.wall)
  const change = useSettings((settings) => settings.change)
  return (
    <Dialog label={t('wall.setup')} onClose={onClose}>
      <div className={styles.setup}>
        <h2>{t('wall.setup')}</h2>
        <p>{t('wall.setupText')}</p>
        <WallMeasures wall={wall} onChange={(next) => change({ wall: next })} />
        <Button look="main" onClick={onClose}>
          {t('wall.done')}
        </Button>
      </div>
    </Dialog>
  )
}
