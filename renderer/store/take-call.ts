import { useCallback } from 'react'
import { useCalls } from './call.ts'
import type { Call } from './call.ts'
import { useStartIntake } from './intake-draft.ts'

/** Turns a ringing call into an intake with its number filled in; whatever intake was on screen stays parked. */
export function useTakeCall(): (call: Call) => void {
  const startIntake = useStartIntake()
  return useCallback(
    (call) => {
      useCalls.getState().forget(call.id)
      startIntake({ startedAt: call.rangAt, callerNumber: call.from ?? '', callbackNumber: call.from ?? '' })
    },
    [startIntake]
  )
}
