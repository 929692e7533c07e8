import { presenceAnswered, presencesHeard, searchAnswered } from './ask-server.ts'
import type { Core } from './core.ts'
import { draining, giveUp, helloRefused, timeAnswered, welcomed } from './link.ts'
import { leaseAnswered, leaseFailed } from './numbers.ts'
import { changesAnswered, poked } from './pull.ts'
import { pushAnswered, pushFailed } from './push.ts'
import { timelinesAnswered, timelinesUnasked } from './timelines.ts'
import { readReply, takeOutstanding } from './wire.ts'

/** A reply goes to whoever asked; one from a dead link or to a request that was given up goes nowhere (SYNC-6). */
export function takeReply(core: Core, link: number, number: number, raw: unknown): void {
  if (!('link' in core.link) || core.link.link !== link) return
  const asked = takeOutstanding(core, number)
  if (!asked) return
  const reply = readReply(raw)
  switch (asked.for) {
    case 'hello':
      return reply.ok ? welcomed(core, asked.sentMono, reply.value) : helloRefused(core, reply.problem)
    case 'push':
      if (reply.ok) return pushAnswered(core, asked.commandIds, reply.value)
      if (reply.problem.code === 'unauthenticated') return refused(core)
      return pushFailed(core, asked.commandIds, reply.problem)
    case 'changes':
      if (reply.ok) return changesAnswered(core, reply.value)
      if (reply.problem.code === 'unauthenticated') return refused(core)
      return giveUp(core)
    case 'lease':
      return reply.ok ? leaseAnswered(core, reply.value) : leaseFailed(core)
    case 'time':
      return reply.ok ? timeAnswered(core, asked.sentMono, reply.value) : undefined
    case 'presence':
      return reply.ok ? presenceAnswered(core, reply.value) : undefined
    case 'search':
      return searchAnswered(core, asked.asker, reply.ok ? reply.value : null)
    case 'timeline':
      return reply.ok ? timelinesAnswered(core, reply.value) : timelinesUnasked(core)
  }
}

/** What the server says unasked. None of it needs to arrive. */
export function takeEvent(core: Core, link: number, event: string, body: unknown): void {
  if (!('link' in core.link) || core.link.link !== link) return
  if (event === 'poke' && core.link.at === 'up') return poked(core, body)
  if (event === 'presences') return presencesHeard(core, body)
  if (event === 'draining')
    return draining(
      core,
      typeof body === 'object' && body !== null && 'spread' in body && typeof body.spread === 'number' ? body.spread : 0
    )
  if (event === 'ended') return refused(core)
}

/** The server does not take this session's token any more: a fresh one shows whether the session itself has ended. */
function refused(core: Core): void {
  core.tokenRefused = true
  giveUp(core)
}
