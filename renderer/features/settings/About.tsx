import { useEffect, useState } from 'react'
import type { DeskReply } from '#shared/protocol/desk-api.ts'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import styles from './SettingsScreen.module.css'

/** Which versions run here, and whether on an Electron that is not the official one. */
export function About() {
  const { desk } = useConsole()
  const server = useEngine((state) => state.desk?.version)
  const [info, setInfo] = useState<DeskReply<'consoleInfo'> | null>(null)
  useEffect(() => {
    desk?.consoleInfo({}).then(setInfo, () => setInfo(null))
  }, [desk])
  if (!info) return null
  return (
    <>
      <h2 className={styles.heading}>{t('settings.about')}</h2>
      <div className={styles.group}>
        <p>{t('settings.version', { console: info.appVersion, server: server ?? '–' })}</p>
        {info.fallbackElectron && <p className={styles.note}>{t('settings.unofficial')}</p>}
      </div>
    </>
  )
}
