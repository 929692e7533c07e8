import { lazy, Suspense, useEffect } from 'react'
import { may } from '#shared/domain/permission/ability.ts'
import { SignIn } from '#renderer/features/sign-in/SignIn.tsx'
import { useEngine } from '#renderer/store/console.tsx'
import { Desk } from './Desk.tsx'
import { WallOnly } from './WallOnly.tsx'

const Unlock = lazy(() => import('#renderer/features/sign-in/Unlock.tsx').then((part) => ({ default: part.Unlock })))

/** The console window: locked, signed out, or the desk. */
export function ConsoleWindow() {
  const lock = useEngine((state) => state.lock)
  const me = useEngine((state) => state.me)
  const starting = useEngine((state) => state.connection.state === 'starting')

  useEffect(() => {
    document.documentElement.dataset['ready'] = me ? 'desk' : lock.state === 'open' ? 'signIn' : 'unlock'
  }, [me, lock.state])

  if (lock.state !== 'open') {
    return (
      <Suspense>
        <Unlock first={lock.first} problem={lock.problem} />
      </Suspense>
    )
  }
  if (!me) return starting ? null : <SignIn />
  return may(me.role, 'viewDesk') ? <Desk /> : <WallOnly me={me} />
}
