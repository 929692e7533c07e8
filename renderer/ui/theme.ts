import { useSettings } from '#renderer/store/settings.ts'

/** Puts the chosen colours on the page and keeps them there when the choice changes; without a choice the style sheet follows the system. */
export function followTheme(): () => void {
  const apply = () => {
    const { theme } = useSettings.getState()
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }
  apply()
  return useSettings.subscribe(apply)
}
