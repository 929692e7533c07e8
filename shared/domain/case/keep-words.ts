import { accept } from '../decision.ts'
import type { Decision } from '../decision.ts'
import type { CaseFact } from './fact.ts'

/** The decision on a command that is already true: nothing changes, but what was written with it stays on the case as a note (CASE-14). */
export function keepWords(text: string): Decision<CaseFact> {
  return text === '' ? accept() : accept({ type: 'noteAdded', text })
}
