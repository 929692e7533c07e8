import { lazy, Suspense, useEffect } from 'react'
import { SignIn } from '#renderer/features/sign-in/SignIn.tsx'
import { Wall } from '#renderer/features/wall/Wall.tsx'
import { useEngine } from '#renderer/store/console.tsx'

const Unlock = lazy(() => import('#renderer/features/sign-in/Unlock.tsx').then((part) => ({ default: part.Unlock })))

/** The wall's window: it shows the desk as soon as anybody who may see a wall is signed in on this computer. */
export function WallWindow() {
  const lock = useEngine((state) => state.lock)
  const me = useEngine((state) => state.me)
  const starting = useEngine((state) => state.connection.state === 'starting')

  useEffect(() => {
    document.documentElement.dataset['ready'] = me ? 'wall' : lock.state === 'open' ? 'signIn' : 'unlock'
  }, [me, lock.state])

  return (
    <Suspense>
      {lock.state !== 'open' ? (
        <Unlock first={lock.first} problem={lock.problem} />
      ) : me ? (
        <Wall />
      ) : starting ? null : (
        <SignIn firstRole="wall" />
      )}
    </Suspense>
  )
}
