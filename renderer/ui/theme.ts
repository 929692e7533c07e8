import type { Settings } from '#renderer/store/settings.ts'
import { useSettings } from '#renderer/store/settings.ts'

/** Puts the chosen colours on the page and keeps them there when the choice or the system's changes. */
export function followTheme(): () => void {
  const system = window.matchMedia('(prefers-color-scheme: light)')
  const apply = () => {
    document.documentElement.dataset['theme'] = resolve(useSettings.getState().theme, system.matches)
  }
  apply()
  const stop = useSettings.subscribe(apply)
  system.addEventListener('change', apply)
  return () => {
    stop()
    system.removeEventListener('change', apply)
  }
}

function resolve(theme: Settings['theme'], systemIsLight: boolean): 'dark' | 'light' {
  if (theme === 'system') return systemIsLight ? 'light' : 'dark'
  return theme
}
