import type { Severity } from '#shared/domain/case/severity.ts'
import { HOUR, Instant, MINUTE } from '#shared/domain/instant.ts'
import type { ClockReading, NextDue } from '#shared/domain/sla/clock.ts'
import { nextDue, readClocks } from '#shared/domain/sla/clocks.ts'
import { insertMark } from '#shared/domain/sla/insert-mark.ts'
import type { ClockMark } from '#shared/domain/sla/mark.ts'
import { Life, makeDesk, makeIntake, makePolicy, makeResolvePolicy, START } from '#test/make.ts'

/**
 * One history with the readings that it must have, worked out by hand. Times are hours:minutes since the opening. The figures, by severity 1 to 5:
 * ACK 0:15; RESPONSE 0:15, 0:30, 1:00, 4:00, 24:00; UPDATE 0:30, 1:00, 4:00, 24:00, 72:00; with the policy `resolve` also RESOLVE 4:00,
 * 8:00, 24:00, 48:00 and none; `resolveVendor` is the same contract, in which waiting on a vendor pauses.
 */
export type History = {
  /** Opens with the rule. */
  readonly title: string
  readonly severity: Severity
  readonly policy?: 'resolve' | 'resolveVendor'
  /** From the portal unless told: over the phone, saved with an owner or left to a queue. */
  readonly phone?: 'owned' | 'queue'
  /** `0:10 raise 1`, `1:10 wait customer 3:10`, `0:10 ack by engineer`, `0:10 update, recorded 2:00`. All are accepted. */
  readonly events: readonly string[]
  readonly now: string
  /** The arithmetic. */
  readonly sum: string
  /** Every reading of the case. */
  readonly reads: readonly string[]
  /** The deadline that lists sort by. */
  readonly next: string
}

/** What the clocks say of a history: all readings, and the next deadline. */
export function tell(history: History): { readonly reads: readonly string[]; readonly next: string } {
  const policy = { none: makePolicy(), resolve: makeResolvePolicy(), resolveVendor: makeResolvePolicy({ vendorWaitPauses: true }) }[
    history.policy ?? 'none'
  ]
  const desk = makeDesk({ policy })
  const phone = history.phone
    ? { channel: 'phone' as const, assigneeId: history.phone === 'owned' ? desk.agent.id : null }
    : { channel: 'portal' as const, assigneeId: null }
  const life = new Life(desk).give(0, 'open', makeIntake(desk, { severity: history.severity, ...phone }))
  let marks = life.case.marks
  for (const event of history.events) {
    const [, time = '', what = '', rest = '', by, recorded] =
      /^(\S+) ([a-z]+)((?: [^,]+?)??)(?: by (\w+))?(?:, recorded (\S+))?$/.exec(event) ?? []
    if (what === 'merge') {
      marks = insertMark(marks, { at: instant(time), m: 'merged' })
      continue
    }
    give(life, time, what, rest.trim(), by === 'engineer' ? 'engineer' : 'agent', recorded ?? null)
    if (!life.last?.accepted) throw new Error(`"${event}" is refused: ${life.outcome}`)
    marks = life.case.marks
  }
  return told(marks, history.now, policy)
}

function told(marks: readonly ClockMark[], now: string, policy: Parameters<typeof nextDue>[1]) {
  return { reads: readClocks(marks, policy, instant(now)).map(reading), next: deadline(nextDue(marks, policy)) }
}

function give(life: Life, time: string, what: string, rest: string, actor: 'agent' | 'engineer', recorded: string | null): void {
  const at = (instant(time) - START) / MINUTE
  const over = { actor: life.desk[actor], occurredAt: instant(time), ...(recorded === null ? {} : { now: instant(recorded), late: true }) }
  const to = Number(rest) as Severity
  const [on = '', until = ''] = rest.split(' ')
  const { assigneeId, lastContactAt, severity } = life.case
  const { queue, engineer } = life.desk
  const acts: Readonly<Record<string, () => Life>> = {
    ack: () => life.give(at, 'acknowledge', {}, over),
    update: () => life.give(at, 'updateCustomer', { text: 'So far …', via: 'email' }, over),
    contact: () => life.give(at, 'recordContact', { text: 'Any news?', via: 'phone', contactId: null }, over),
    readback: () => life.give(at, 'readBack', { nextStep: 'An engineer looks at it', nextUpdateAt: null }, over),
    note: () => life.give(at, 'note', { text: 'Looked at the logs' }, over),
    assign: () => life.give(at, 'assign', { queueId: queue.id, assigneeId: engineer.id, expectedAssigneeId: assigneeId }, over),
    raise: () => life.give(at, 'raiseSeverity', { to, reason: '' }, over),
    lower: () => life.give(at, 'lowerSeverity', { from: severity, to, reason: 'A workaround holds' }, over),
    wait: () => life.give(at, 'wait', { on: on as 'customer', question: 'Which host?', until: instant(until) }, over),
    resume: () => life.give(at, 'resume', {}, over),
    resolve: () => life.give(at, 'resolve', { code: 'fixed', text: 'Restarted' }, over),
    close: () => life.give(at, 'close', { text: '', seenContactAt: lastContactAt }, over),
    reopen: () => life.give(at, 'reopen', { reason: 'It is back' }, over)
  }
  const act = acts[what]
  if (!act) throw new Error(`a story knows no "${what}"`)
  act()
}

function instant(time: string): Instant {
  const [hours = '', minutes = '', seconds = '0'] = time.split(':')
  return Instant.parse(START + Number(hours) * HOUR + Number(minutes) * MINUTE + Math.round(Number(seconds) * 1000))
}

function clock(at: number): string {
  const since = at - START
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, milliseconds] = [Math.floor(since / HOUR), Math.floor(since / MINUTE) % 60, since % MINUTE]
  const seconds =
    milliseconds === 0
      ? ''
      : `:${two(Math.floor(milliseconds / 1000))}${milliseconds % 1000 === 0 ? '' : `.${String(milliseconds % 1000).padStart(3, '0')}`}`
  return `${hours}:${two(minutes)}${seconds}`
}

function reading(read: ClockReading): string {
  const numbered = read.kind === 'UPDATE' || read.round > 1 ? `${read.kind} ${read.round}` : read.kind
  const name = read.cycle > 1 ? `${numbered} (cycle ${read.cycle})` : numbered
  const due = read.dueAt === null ? 'nobody knows when' : `due ${clock(read.dueAt)}`
  switch (read.state) {
    case 'running':
      return `${name} running, ${due}`
    case 'paused':
      return `${name} paused ${clock(read.since)} until ${read.until === null ? 'further notice' : clock(read.until)}, ${due}`
    case 'breached':
      return `${name} breached ${clock(read.breachedAt)}${read.endedAt === null ? '' : `, ended ${clock(read.endedAt)}`}`
    case 'met':
    case 'merged':
    case 'ended':
      return `${name} ${read.state} ${clock(read.endedAt)}, ${due}`
  }
}

function deadline(next: NextDue | null): string {
  if (next === null) return 'none'
  return `${next.kind} ${next.dueAt === null ? 'nobody knows when' : clock(next.dueAt)}`
}
