import { useEffect, useState } from 'react'
import { useSettings } from '#renderer/store/settings.ts'
import { wallSizes } from './wall-sizes.ts'
import type { WallSizes } from './wall-sizes.ts'

/** Sizes for this screen, worked out again when the window, the screen or the entered measures change. */
export function useWallSizes(): WallSizes {
  const { diagonalInches, distanceMetres } = useSettings((settings) => settings.wall)
  const [view, setView] = useState(measure)
  useEffect(() => {
    const onResize = () => setView(measure())
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  return wallSizes(view.screen, view.view, diagonalInches, distanceMetres)
}

function measure() {
  return {
    screen: { width: window.screen.width, height: window.screen.height },
    view: { width: window.innerWidth, height: window.innerHeight }
  }
}
