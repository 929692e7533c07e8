import { useMemo, useState } from 'react'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import { SampleAccounts } from './SampleAccounts.tsx'
import styles from './SignIn.module.css'

/** Sign-in with a local account; the sample desk offers its people as one-key choices. */
export function SignIn({ firstRole }: { readonly firstRole?: string }) {
  const { client } = useConsole()
  const desk = useEngine((state) => state.desk)
  const told = useEngine((state) => (state.connection.state === 'signedOut' ? state.connection.problem : null))
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const signIn = async (asName: string, withPassword: string) => {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await client.signIn(asName, withPassword)
      if (!answer.ok) setProblem(answer.problem)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  // A wall's own account comes first on a wall.
  const accounts = useMemo(
    () => (desk?.sampleAccounts ?? []).toSorted((a, b) => Number(b.role === firstRole) - Number(a.role === firstRole)),
    [desk, firstRole]
  )

  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <header>
          <p className={styles.product}>{t('product')}</p>
          <p className={styles.desk}>{desk?.name ?? t('signIn.connecting')}</p>
        </header>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void signIn(name, password)
          }}
        >
          <h1 className="visually-hidden">{t('signIn.title')}</h1>
          <Field label={t('signIn.name')}>
            {(ids) => (
              <TextInput
                {...ids}
                name="name"
                autoComplete="username"
                autoFocus
                required
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('signIn.password')}>
            {(ids) => (
              <TextInput
                {...ids}
                name="password"
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" look="main" disabled={busy}>
            {busy ? t('signIn.busy') : t('signIn.submit')}
          </Button>
          <p className={styles.problem} role="alert">
            {problem ?? told ?? (desk ? '' : t('signIn.connectingNote'))}
          </p>
        </form>
        {accounts.length > 0 && (
          <SampleAccounts accounts={accounts} busy={busy} onChoose={(account) => void signIn(account.name, account.password)} />
        )}
      </div>
    </main>
  )
}
