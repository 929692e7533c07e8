import { lazy, Suspense, useEffect } from 'react'
import { useEngine } from '#renderer/store/console.tsx'
import { SignIn } from '#renderer/features/sign-in/SignIn.tsx'
import { Desk } from './Desk.tsx'
import { StateSprite } from '#renderer/ui/StateMark.tsx'

const Unlock = lazy(() => import('#renderer/features/sign-in/Unlock.tsx').then((part) => ({ default: part.Unlock })))

/** The console window: locked, signed out, or the desk. */
export function ConsoleWindow() {
  const lock = useEngine((state) => state.lock)
  const me = useEngine((state) => state.me)
  const starting = useEngine((state) => state.connection.state === 'starting')

  useEffect(() => {
    document.documentElement.dataset['ready'] = me ? 'desk' : lock.state === 'open' ? 'signIn' : 'unlock'
  }, [me, lock.state])

  return (
    <>
      <StateSprite />
      <Suspense>
        {lock.state !== 'open' ? <Unlock first={lock.first} problem={lock.problem} /> : me ? <Desk /> : starting ? null : <SignIn />}
      </Suspense>
    </>
  )
}
