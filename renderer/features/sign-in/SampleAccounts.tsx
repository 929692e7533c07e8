import { useEffect } from 'react'
import type { DeskInfo } from '#shared/protocol/session.ts'
import { Role } from '#shared/domain/directory/person.ts'
import { t } from '#renderer/strings/t.ts'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import styles from './SampleAccounts.module.css'

type Account = DeskInfo['sampleAccounts'][number]

/** The invented people of the sample desk, each one key away: Alt+1 for the first. */
export function SampleAccounts({
  accounts,
  busy,
  onChoose
}: {
  readonly accounts: readonly Account[]
  readonly busy: boolean
  readonly onChoose: (account: Account) => void
}) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const account = event.altKey ? accounts[Number(event.key) - 1] : undefined
      if (!account || busy) return
      event.preventDefault()
      onChoose(account)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [accounts, busy, onChoose])

  return (
    <section className={styles.samples}>
      <h2 className={styles.title}>{t('signIn.samples')}</h2>
      <ul>
        {accounts.map((account, index) => (
          <li key={account.name}>
            <button type="button" className={styles.account} disabled={busy} onClick={() => onChoose(account)}>
              <span className={styles.person}>{account.person}</span>
              <span className={styles.role}>{roleName(account.role)}</span>
              {index < 9 && <Keycap keys={`Alt ${index + 1}`} />}
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t('signIn.sampleNote')}</p>
    </section>
  )
}

function roleName(role: string): string {
  const known = Role.safeParse(role)
  return known.success ? t(`role.${known.data}`) : role
}
