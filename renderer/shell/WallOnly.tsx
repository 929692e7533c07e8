import type { Person } from '#shared/domain/directory/person.ts'
import { useConsole } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'

/** A wall's account opened the console: it may only show the wall. */
export function WallOnly({ me }: { readonly me: Person }) {
  const { client, desk } = useConsole()
  return (
    <main>
      <EmptyState
        title={t('wall.onlyTitle', { name: me.name })}
        action={
          <>
            {desk && (
              <Button look="main" onClick={() => void desk.openWall({})}>
                {t('palette.command.wall')}
              </Button>
            )}
            <Button onClick={() => void client.signOut()}>{t('settings.signOut')}</Button>
          </>
        }
      >
        {t('wall.onlyText')}
      </EmptyState>
    </main>
  )
}
