import { Problem } from '#shared/protocol/problem.ts'
import type { RequestName, RequestOf } from '#shared/protocol/socket-events.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import { reconnectWait, spreadWait } from './back-off.ts'
import type { Core, Outstanding } from './core.ts'
import type { SendEffect } from './effect.ts'

const REQUEST_TIMER = 'request'
export const RECONNECT_TIMER = 'reconnect'

type Purpose = Outstanding extends infer O ? (O extends unknown ? Omit<O, 'name' | 'sentMono'> : never) : never

/** Sends a request on the present link and starts its time-out. Nothing is sent when there is no link. */
export function request<N extends RequestName>(core: Core, name: N, body: RequestOf<N>, purpose: Purpose): void {
  const link = linkNumber(core)
  if (link === null) return
  const number = core.next()
  core.outstanding.set(number, { ...purpose, name, sentMono: core.at.mono } as Outstanding)
  core.do({ type: 'send', link, request: number, name, body } as SendEffect)
  core.do({ type: 'setTimer', timer: `${REQUEST_TIMER}:${number}`, delay: LIMITS.requestTimeout })
}

/** Whether a request for this purpose is on its way: push and pull have one each at a time. */
export function isOutstanding(core: Core, purpose: Outstanding['for']): boolean {
  for (const one of core.outstanding.values()) if (one.for === purpose) return true
  return false
}

/** Takes the request that a reply belongs to; null when it was given up. */
export function takeOutstanding(core: Core, number: number): Outstanding | null {
  const found = core.outstanding.get(number) ?? null
  core.outstanding.delete(number)
  if (found) core.do({ type: 'clearTimer', timer: `${REQUEST_TIMER}:${number}` })
  return found
}

/** The number of the request whose time-out this timer is; null when it is another timer. */
export function timedOutRequest(core: Core, timer: string): number | null {
  if (!timer.startsWith(`${REQUEST_TIMER}:`)) return null
  const number = Number(timer.slice(REQUEST_TIMER.length + 1))
  return core.outstanding.has(number) ? number : null
}

/** The link in use, null when there is none. */
export function linkNumber(core: Core): number | null {
  return 'link' in core.link ? core.link.link : null
}

/**
 * Gives the present link up and rests before the next try (SYNC-6): full jitter over a bound that doubles, the first wait spread as the
 * server asked. Everything that was on its way counts as unanswered and is sent again on the next link.
 */
export function dropLink(core: Core, atLeast = 0): void {
  const link = linkNumber(core)
  if (link !== null) core.do({ type: 'closeLink', link })
  forgetOutstanding(core)
  const wait = Math.max(
    atLeast,
    core.attempt === 0 ? spreadWait(core.spread, core.ports.random) : reconnectWait(core.attempt, core.ports.random)
  )
  if (core.link.at === 'up' || core.linkSince === null) core.linkSince = core.now()
  core.link = { at: 'resting', until: core.at.mono + wait }
  core.attempt += 1
  core.stateChanged = true
  core.do({ type: 'setTimer', timer: RECONNECT_TIMER, delay: wait })
}

/** Closes the link for good: nobody is signed in or there is no server to talk to. */
export function endLink(core: Core): void {
  const link = linkNumber(core)
  if (link !== null) core.do({ type: 'closeLink', link })
  forgetOutstanding(core)
  core.do({ type: 'clearTimer', timer: RECONNECT_TIMER })
  core.link = { at: 'idle' }
  core.attempt = 0
  core.linkSince = core.now()
  core.stateChanged = true
}

/** Requests that windows wait for are answered "not now"; the engine's own start again with the next link. */
function forgetOutstanding(core: Core): void {
  for (const [number, one] of core.outstanding) {
    core.do({ type: 'clearTimer', timer: `${REQUEST_TIMER}:${number}` })
    if (one.for === 'search') core.answer(one.asker, { unavailable: true })
  }
  core.outstanding.clear()
}

/** A reply as the protocol frames it; anything else counts as a server that cannot be understood. */
export function readReply(
  reply: unknown
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem } {
  if (typeof reply === 'object' && reply !== null && 'ok' in reply) {
    if (reply.ok === true && 'value' in reply) return { ok: true, value: reply.value }
    const problem = Problem.safeParse('problem' in reply ? reply.problem : null)
    if (problem.success) return { ok: false, problem: problem.data }
  }
  return { ok: false, problem: { code: 'unavailable', message: 'The server gave an answer that cannot be read.', retryAfter: null } }
}
