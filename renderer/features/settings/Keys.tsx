import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Keycap } from '#renderer/ui/Keycap.tsx'
import styles from './Keys.module.css'

/** Every key of the console on one sheet. */
export function Keys() {
  const openKeys = useView((view) => view.openKeys)
  const groups = [
    {
      title: t('keys.everywhere'),
      keys: [
        ['F2', t('keys.newCase')],
        ['Ctrl K', t('keys.palette')],
        ['↓ ↑', t('keys.list')],
        ['Enter', t('keys.toCase')],
        ['Esc', t('keys.back')],
        ['Ctrl Enter', t('keys.send')],
        ['F1', t('keys.this')]
      ]
    },
    {
      title: t('keys.onCase'),
      keys: [
        ['A', t('case.acknowledge')],
        ['M', t('case.take')],
        ['G', t('case.assign')],
        ['S', t('case.severity')],
        ['W', `${t('case.wait')}, ${t('case.resume').toLowerCase()}`],
        ['R', t('case.resolve')],
        ['X', t('case.closeCase')],
        ['O', t('case.reopen')],
        ['E', t('case.details')],
        ['C', t('composer.update')],
        ['N', t('composer.note')],
        ['L', t('composer.call')]
      ]
    },
    {
      title: t('keys.inIntake'),
      keys: [
        ['Enter', t('intake.key.next')],
        ['Shift Enter', t('intake.key.previous')],
        ['F6', t('intake.key.known')],
        ['F7', t('intake.key.severity')],
        ['F8', t('intake.key.park')],
        ['F9', t('intake.key.readBack')],
        ['Ctrl Enter', t('intake.key.save')]
      ]
    }
  ] as const
  return (
    <Dialog label={t('keys.title')} onClose={() => openKeys(false)} wide>
      <div className={styles.sheet}>
        {groups.map((group) => (
          <section key={group.title}>
            <h2 className={styles.title}>{group.title}</h2>
            <dl className={styles.keys}>
              {group.keys.map(([keys, words]) => (
                <div key={keys}>
                  <dt>
                    <Keycap keys={keys} />
                    <span className="visually-hidden">{keys}</span>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
