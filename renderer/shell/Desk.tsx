import { lazy, Suspense, useEffect } from 'react'
import { useView } from '#renderer/store/view.ts'
import { CaseList } from '#renderer/features/queue/CaseList.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { Notices } from './Notices.tsx'
import { Palette } from '#renderer/features/palette/Palette.tsx'
import { SignInAgain } from '#renderer/features/sign-in/SignInAgain.tsx'
import { useAlarm } from './use-alarm.ts'
import { useDeskNotices } from './use-desk-notices.ts'
import { useShortcuts } from './use-shortcuts.ts'
import styles from './Desk.module.css'

const caseView = () => import('#renderer/features/case/CaseView.tsx')
const intake = () => import('#renderer/features/intake/Intake.tsx')
const CaseView = lazy(() => caseView().then((part) => ({ default: part.CaseView })))
const Intake = lazy(() => intake().then((part) => ({ default: part.Intake })))
const Customers = lazy(() => import('#renderer/features/customers/Customers.tsx').then((part) => ({ default: part.Customers })))
const NeedsAttention = lazy(() =>
  import('#renderer/features/needs-attention/NeedsAttention.tsx').then((part) => ({ default: part.NeedsAttention }))
)
const SettingsScreen = lazy(() =>
  import('#renderer/features/settings/SettingsScreen.tsx').then((part) => ({ default: part.SettingsScreen }))
)
const Keys = lazy(() => import('#renderer/features/settings/Keys.tsx').then((part) => ({ default: part.Keys })))

/** The signed-in console: rail, top bar, and one screen; a case opens beside a list, a call takes the whole middle. */
export function Desk() {
  const screen = useView((view) => view.screen)
  const caseId = useView((view) => view.caseId)
  const intakeId = useView((view) => view.intakeId)
  const paletteOpen = useView((view) => view.paletteOpen)
  const keysOpen = useView((view) => view.keysOpen)
  useShortcuts()
  useDeskNotices()
  useAlarm()

  // What a call needs is fetched once the list stands, so that the first call waits for nothing.
  useEffect(() => {
    const idle = requestIdleCallback(() => void Promise.all([caseView(), intake()]), { timeout: 500 })
    return () => cancelIdleCallback(idle)
  }, [])

  return (
    <div className={styles.desk}>
      <TopBar />
      <Rail />
      <main className={styles.main}>
        <SignInAgain />
        <Suspense>
          {intakeId !== null ? (
            <Intake key={intakeId} draftId={intakeId} />
          ) : (
            <div className={styles.screen} data-split={caseId !== null}>
              {screen.name === 'list' && <CaseList key={screen.list} list={screen.list} />}
              {screen.name === 'customers' && <Customers customerId={screen.customerId} />}
              {screen.name === 'attention' && <NeedsAttention />}
              {screen.name === 'settings' && <SettingsScreen />}
              {caseId !== null && <CaseView key={caseId} caseId={caseId} />}
            </div>
          )}
        </Suspense>
      </main>
      <Notices />
      <Suspense>
        {paletteOpen && <Palette />}
        {keysOpen && <Keys />}
      </Suspense>
    </div>
  )
}
