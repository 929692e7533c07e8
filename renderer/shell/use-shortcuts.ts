import { useEffect } from 'react'
import { useStartIntake } from '#renderer/store/intake-draft.ts'
import { useCalls } from '#renderer/store/call.ts'
import { useTakeCall } from '#renderer/store/take-call.ts'
import { useView } from '#renderer/store/view.ts'

/** The keys that work everywhere in the console. Function keys and Ctrl chords only, so that typing is never taken for a command. */
export function useShortcuts(): void {
  const startIntake = useStartIntake()
  const takeCall = useTakeCall()

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { openPalette, openKeys, paletteOpen, keysOpen, intakeId, caseId, openCase, showIntake } = useView.getState()
      const control = event.ctrlKey || event.metaKey
      if (event.defaultPrevented) return
      if (event.key === 'F2' || (control && event.key.toLowerCase() === 'n')) {
        const [call] = useCalls.getState().ringing
        if (call) takeCall(call)
        else startIntake()
      } else if (control && event.key.toLowerCase() === 'k') openPalette(!paletteOpen)
      else if (event.key === 'F1') openKeys(!keysOpen)
      else if (event.key === 'Escape' && !paletteOpen && !keysOpen && intakeId !== null) showIntake(null)
      else if (event.key === 'Escape' && !paletteOpen && !keysOpen && caseId !== null) openCase(null)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [startIntake, takeCall])
}
