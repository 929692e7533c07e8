import { useEngine } from '#renderer/store/console.tsx'
import { useStartIntake } from '#renderer/store/intake-draft.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { PhoneIcon, SearchIcon } from '#renderer/ui/icons.tsx'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import { PersonBadge } from '#renderer/ui/PersonBadge.tsx'
import { CallStrip } from '#renderer/features/call/CallStrip.tsx'
import { ConnectionState } from '#renderer/features/connection/ConnectionState.tsx'
import { ParkedCalls } from './ParkedCalls.tsx'
import styles from './TopBar.module.css'

export function TopBar() {
  const me = useEngine((state) => state.me)
  const desk = useEngine((state) => state.desk?.name)
  const startIntake = useStartIntake()
  const openPalette = useView((view) => view.openPalette)
  const show = useView((view) => view.show)

  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <span className={styles.product}>{t('product')}</span>
        {desk && <span className={styles.desk}>{desk}</span>}
      </div>
      <div className={styles.calls}>
        <Button look="main" keys="F2" onClick={() => startIntake()}>
          <PhoneIcon />
          {t('top.newCase')}
        </Button>
        <CallStrip />
        <ParkedCalls />
      </div>
      <button type="button" className={styles.search} onClick={() => openPalette(true)}>
        <SearchIcon />
        <span>{t('top.search')}</span>
        <Keycap keys="Ctrl K" />
      </button>
      <ConnectionState />
      {me && (
        <button
          type="button"
          className={styles.me}
          aria-label={t('top.me', { initials: me.initials, name: me.name, role: t(`role.${me.role}`) })}
          onClick={() => show({ name: 'settings' })}
        >
          <PersonBadge name={me.name} initials={me.initials} />
        </button>
      )}
    </header>
  )
}
