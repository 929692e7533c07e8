import { useState } from 'react'
import { getCountries } from 'libphonenumber-js/min'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { useSettings } from '#renderer/store/settings.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Confirm } from '#renderer/ui/Confirm.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/TextInput.tsx'
import { WallMeasures } from '#renderer/ui/WallMeasures.tsx'
import { About } from './About.tsx'
import styles from './SettingsScreen.module.css'

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** Preferences of this screen, the measures of the wall, and signing out. */
export function SettingsScreen() {
  const { client } = useConsole()
  const settings = useSettings()
  const me = useEngine((state) => state.me)
  const pending = useEngine((state) => ('pending' in state.connection ? state.connection.pending : 0))
  const [asking, setAsking] = useState(false)
  const { theme, letterKeys, country, wall, change } = settings
  const signOut = () => void client.signOut()

  return (
    <section className={styles.screen} aria-label={t('settings.title')}>
      <h1 className={styles.title}>{t('settings.title')}</h1>
      <div className={styles.group}>
        <Choice
          label={t('settings.theme')}
          value={theme}
          onChange={(value) => change({ theme: value })}
          options={[
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'dark', label: t('settings.themeDark') },
            { value: 'light', label: t('settings.themeLight') }
          ]}
        />
        <div>
          <Choice
            label={t('settings.letterKeys')}
            value={letterKeys ? 'on' : 'off'}
            onChange={(value) => change({ letterKeys: value === 'on' })}
            options={[
              { value: 'on', label: t('settings.on') },
              { value: 'off', label: t('settings.off') }
            ]}
          />
          <p className={styles.note}>{t('settings.letterKeysText')}</p>
        </div>
        <Field label={t('settings.country')}>
          {(ids) => (
            <Select {...ids} value={country} onChange={(event) => change({ country: event.target.value })}>
              {getCountries()
                .map((code) => ({ code, name: countryNames.of(code) ?? code }))
                .toSorted((a, b) => a.name.localeCompare(b.name))
                .map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
            </Select>
          )}
        </Field>
      </div>
      <h2 className={styles.heading}>{t('settings.wall')}</h2>
      <div className={styles.group}>
        <WallMeasures wall={wall} onChange={(next) => change({ wall: next })} />
      </div>
      <h2 className={styles.heading}>{t('settings.account')}</h2>
      <div className={styles.group}>
        {me && <p>{t('top.signedInAs', { name: me.name, role: t(`role.${me.role}`) })}</p>}
        <div>
          <Button onClick={() => (pending > 0 ? setAsking(true) : signOut())}>{t('settings.signOut')}</Button>
        </div>
      </div>
      <About />
      {asking && (
        <Confirm
          title={t('settings.signOutTitle')}
          text={t('settings.signOutText', { count: pending })}
          confirm={t('settings.signOut')}
          keep={t('settings.stay')}
          danger={false}
          onConfirm={signOut}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
