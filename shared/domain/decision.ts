import type { Fact } from './record.ts'
import type { Refusal, RefusalCode } from './refusal.ts'

export type Refused = { readonly accepted: false; readonly refusal: Refusal }
export type Decision<F extends Fact = Fact> = { readonly accepted: true; readonly facts: readonly F[] } | Refused

/** The facts that follow from a command, in the order in which they are recorded. No facts: the command was already true. */
export function accept<F extends Fact>(...facts: readonly F[]): Decision<F> {
  return { accepted: true, facts }
}

/** The reason a command does not stand, with what its wording needs. */
export function refuse(code: RefusalCode, detail: Refusal['detail'] = {}): Refused {
  return { accepted: false, refusal: { code, detail } }
}
