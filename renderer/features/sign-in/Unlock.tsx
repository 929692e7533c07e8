import { useState } from 'react'
import { useConsole } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import styles from './SignIn.module.css'

const SHORTEST = 10

/** Opens what this computer keeps where no keyring does it; the first time a passphrase is chosen. */
export function Unlock({ first, problem }: { readonly first: boolean; readonly problem: string | null }) {
  const { client } = useConsole()
  const [passphrase, setPassphrase] = useState('')
  const [repeated, setRepeated] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)

  const unlock = async () => {
    if (first && passphrase.length < SHORTEST) return setRefused(t('unlock.tooShort'))
    if (first && passphrase !== repeated) return setRefused(t('unlock.different'))
    setBusy(true)
    setRefused(null)
    try {
      const answer = await client.unlock(passphrase)
      if (!answer.ok) setRefused(answer.problem)
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className={styles.page}>
      <form
        className={`${styles.column} ${styles.form}`}
        onSubmit={(event) => {
          event.preventDefault()
          void unlock()
        }}
      >
        <header>
          <p className={styles.product}>{t('product')}</p>
          <h1 className={styles.desk}>{first ? t('unlock.first') : t('unlock.title')}</h1>
        </header>
        <p className={styles.lead}>{first ? t('unlock.firstText') : t('unlock.text')}</p>
        <Field label={t('unlock.passphrase')}>
          {(ids) => (
            <TextInput
              {...ids}
              type="password"
              autoFocus
              required
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        {first && (
          <Field label={t('unlock.repeat')}>
            {(ids) => (
              <TextInput {...ids} type="password" required value={repeated} onChange={(event) => setRepeated(event.target.value)} />
            )}
          </Field>
        )}
        <Button type="submit" look="main" disabled={busy}>
          {first ? t('unlock.choose') : t('unlock.submit')}
        </Button>
        <p className={styles.problem} role="alert">
          {refused ?? problem ?? ''}
        </p>
      </form>
    </main>
  )
}
