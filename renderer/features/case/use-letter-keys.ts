import { useEffect, useRef } from 'react'
import { useView } from '#renderer/store/view.ts'

/** Single-letter keys of the open case: only while nothing is being typed and nothing covers the case. */
export function useLetterKeys(keys: { readonly [letter: string]: () => void }): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { paletteOpen, keysOpen, intakeId } = useView.getState()
      if (
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        event.shiftKey ||
        paletteOpen ||
        keysOpen ||
        intakeId !== null ||
        event.defaultPrevented
      )
        return
      if (isTyping(event.target)) return
      const run = latest.current[event.key.toLowerCase()]
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select, [role="radio"]') || target.isContentEditable)
}
