import type { Channel, ContactChannel, ResolutionCode, WaitingOn } from '#shared/domain/case/fact.ts'
import type { Level, Severity } from '#shared/domain/case/severity.ts'
import type { PersonKey, QueueKey } from './people.ts'

/** Who does a step: the agent who took the case, the engineer it was handed to, or somebody by name. */
export type Doer = 'agent' | 'engineer' | PersonKey

/** One thing that was done about a case, `at` minutes after it was opened. */
export type Step = { readonly at: number; readonly by: Doer } & (
  | { readonly do: 'acknowledge' | 'resume' | 'close' }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'update' | 'heard'; readonly text: string; readonly via: ContactChannel }
  | { readonly do: 'hand'; readonly queue: QueueKey }
  | { readonly do: 'wait'; readonly on: WaitingOn; readonly question: string; readonly hours: number }
  | { readonly do: 'severity'; readonly to: Severity; readonly reason: string }
  | { readonly do: 'resolve'; readonly code: ResolutionCode; readonly text: string }
  | { readonly do: 'reopen'; readonly reason: string }
)

/** A matter and how it was dealt with. `{item}`, `{who}` and `{customer}` stand for the names of the case it is played as. */
export type Scenario = {
  /** customer key / item name, or customer key alone: the cases it is played as. */
  readonly hosts: readonly string[]
  readonly channel: Channel
  readonly subject: string
  readonly description: string
  readonly impact: Level
  readonly urgency: Level
  readonly severity: Severity
  readonly queue: QueueKey
  /** What the caller was told would happen next; for calls only. */
  readonly next: string
  readonly verified: boolean
  readonly steps: readonly Step[]
}

/** A scenario with what most have in common left out. */
export function scenario(given: Partial<Scenario> & Pick<Scenario, 'hosts' | 'subject' | 'description' | 'steps'>): Scenario {
  const next = 'An engineer looks at it now and we call you back on this number.'
  return { channel: 'phone', impact: 'medium', urgency: 'medium', severity: 3, queue: 'desk', next, verified: true, ...given }
}

export const acknowledge = (at: number, by: Doer = 'agent'): Step => ({ at, by, do: 'acknowledge' })
export const note = (at: number, text: string, by: Doer = 'engineer'): Step => ({ at, by, do: 'note', text })
export const update = (at: number, text: string, via: ContactChannel = 'phone', by: Doer = 'engineer'): Step => ({
  at,
  by,
  do: 'update',
  text,
  via
})
export const heard = (at: number, text: string, via: ContactChannel = 'phone', by: Doer = 'agent'): Step => ({
  at,
  by,
  do: 'heard',
  text,
  via
})
export const hand = (at: number, queue: QueueKey, by: Doer = 'agent'): Step => ({ at, by, do: 'hand', queue })
export const wait = (at: number, on: WaitingOn, question: string, hours: number, by: Doer = 'engineer'): Step => ({
  at,
  by,
  do: 'wait',
  on,
  question,
  hours
})
export const resume = (at: number, by: Doer = 'engineer'): Step => ({ at, by, do: 'resume' })
export const severity = (at: number, to: Severity, reason: string, by: Doer = 'agent'): Step => ({ at, by, do: 'severity', to, reason })
export const resolve = (at: number, text: string, code: ResolutionCode = 'fixed', by: Doer = 'engineer'): Step => ({
  at,
  by,
  do: 'resolve',
  code,
  text
})
export const close = (at: number, by: Doer = 'agent'): Step => ({ at, by, do: 'close' })
export const reopen = (at: number, reason: string, by: Doer = 'agent'): Step => ({ at, by, do: 'reopen', reason })
