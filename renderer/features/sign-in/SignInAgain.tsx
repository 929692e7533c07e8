import { useState } from 'react'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import styles from './SignInAgain.module.css'

/**
 * The person is known but the session is gone (it ended, or this computer has no keyring to remember it over a restart). The stored desk stays usable
 * underneath; signing in here goes on live and sends what waits.
 */
export function SignInAgain() {
  const { client } = useConsole()
  const connection = useEngine((state) => state.connection)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  if (connection.state !== 'signedOut') return null

  const signIn = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await client.signIn(name, password)
      if (!answer.ok) setProblem(answer.problem)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
      setPassword('')
    }
  }

  return (
    <form
      className={styles.strip}
      aria-label={t('signIn.again')}
      onSubmit={(event) => {
        event.preventDefault()
        void signIn()
      }}
    >
      <p className={styles.text} role="status">
        {problem ?? connection.problem ?? t('signIn.againText')}
      </p>
      <Field label={t('signIn.name')}>
        {(ids) => <TextInput {...ids} autoComplete="username" required value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('signIn.password')}>
        {(ids) => (
          <TextInput
            {...ids}
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
    </form>
  )
}
