import { describe, expect, it } from 'vitest'
import { CASE_STATUSES } from '#shared/domain/case/case.ts'
import type { CaseStatus } from '#shared/domain/case/case.ts'
import { admit, LIFECYCLE } from '#shared/domain/case/lifecycle.ts'
import type { Move } from '#shared/domain/case/lifecycle.ts'
import { makeDesk, minute, openCase, portalCase } from '#test/make.ts'
import type { Life } from '#test/make.ts'

const desk = makeDesk()

const reach: { readonly [S in CaseStatus]: () => Life } = {
  new: () => portalCase(desk),
  inProgress: () => openCase(desk),
  waiting: () => openCase(desk).give(1, 'wait', { on: 'vendor', question: 'Part?', until: minute(500) }),
  resolved: () => openCase(desk).give(1, 'resolve', { code: 'fixed', text: 'Done' }),
  closed: () => reach.resolved().give(2, 'close', { text: '', seenContactAt: null })
}

const try_: { readonly [M in Move]: (life: Life) => Life } = {
  acknowledge: (life) => life.give(10, 'acknowledge', {}),
  assign: (life) =>
    life.give(10, 'assign', { queueId: desk.queue.id, assigneeId: desk.engineer.id, expectedAssigneeId: life.case.assigneeId }),
  note: (life) => life.give(10, 'note', { text: 'seen' }),
  updateCustomer: (life) => life.give(10, 'updateCustomer', { text: 'On it', via: 'email' }),
  recordContact: (life) => life.give(10, 'recordContact', { text: 'News?', via: 'email', contactId: null }),
  readBack: (life) => life.give(10, 'readBack', { nextStep: 'An engineer calls', nextUpdateAt: null }),
  raiseSeverity: (life) => life.give(10, 'raiseSeverity', { to: 1, reason: '' }),
  lowerSeverity: (life) => life.give(10, 'lowerSeverity', { from: 3, to: 4, reason: 'less' }),
  wait: (life) => life.give(10, 'wait', { on: 'customer', question: 'Which?', until: minute(500) }),
  resume: (life) => life.give(10, 'resume', {}),
  resolve: (life) => life.give(10, 'resolve', { code: 'fixed', text: 'Done' }),
  close: (life) => life.give(10, 'close', { text: '', seenContactAt: null }),
  reopen: (life) => life.give(10, 'reopen', { reason: 'again' }),
  correctDetails: (life) =>
    life.give(10, 'correctDetails', { contactId: null, itemId: null, subject: 'Other', impact: null, urgency: null })
}

const moves = Object.keys(try_) as readonly Move[]

describe('the lifecycle', () => {
  it.each(CASE_STATUSES.flatMap((status) => moves.map((move) => [status, move] as const)))(
    '[CASE-9] from %s by %s is as the table says',
    (status, move) => {
      const life = reach[status]()
      expect(life.case.status).toBe(status)
      const next: readonly string[] | string = LIFECYCLE[status][move]
      const admitted = admit(life.case, move)
      try_[move](life)
      if (typeof next === 'string') {
        expect(life.outcome).toBe(next)
        expect(admitted).toMatchObject({ accepted: false, refusal: { code: next } })
        expect(life.case.status).toBe(status)
      } else {
        expect(life.last?.accepted, life.outcome).toBe(true)
        expect(admitted.accepted).toBe(true)
        expect(next).toContain(life.case.status)
      }
    }
  )

  it('[CASE-9] names a case that does not exist', () => {
    expect(admit(undefined, 'note')).toMatchObject({ refusal: { code: 'recordNotFound' } })
  })
})
