import fc from 'fast-check'
import { SEVERITIES } from '#shared/domain/case/severity.ts'
import type { Severity } from '#shared/domain/case/severity.ts'
import { insertMark } from '#shared/domain/sla/insert-mark.ts'
import type { ClockMark } from '#shared/domain/sla/mark.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import { makePolicy, makeResolvePolicy, minute } from '#test/make.ts'

export const severities = fc.constantFrom<Severity>(1, 2, 3, 4, 5)

/** Short targets of whole minutes, so that random histories breach, warn and pause often; with and without a promise to resolve. */
export const policies: fc.Arbitrary<Policy> = fc
  .record({
    spans: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.option(fc.integer({ min: 1, max: 90 }))),
      { minLength: 5, maxLength: 5 }
    ),
    ack: fc.integer({ min: 1, max: 20 }),
    updateRunsWhileWaiting: fc.integer({ min: 0, max: 5 }).map((count) => SEVERITIES.slice(0, count)),
    vendorWaitPauses: fc.boolean(),
    ordered: fc.boolean()
  })
  .map(({ spans, ack, updateRunsWhileWaiting, vendorWaitPauses, ordered }) => {
    const sorted = (pick: (span: (typeof spans)[number]) => number | null) => {
      const values = spans.map(pick)
      return ordered ? values.toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity)) : values
    }
    const [response, update, resolve] = [sorted((span) => span[0]), sorted((span) => span[1]), sorted((span) => span[2])]
    const targets = makePolicy().targets.map((target, index) => ({
      ...target,
      ackMinutes: ack,
      responseMinutes: response[index] ?? 1,
      updateMinutes: update[index] ?? 1,
      resolveMinutes: resolve[index] ?? null
    }))
    return makePolicy({ targets, updateRunsWhileWaiting, vendorWaitPauses })
  })

/** The shipped policy, with and without a promise to resolve. */
export const shippedPolicies = fc.constantFrom(makePolicy(), makeResolvePolicy(), makeResolvePolicy({ vendorWaitPauses: true }))

function later(at: fc.Arbitrary<number>): fc.Arbitrary<ClockMark> {
  const plain = fc.constantFrom('acknowledged', 'responded', 'updated', 'contacted', 'resumed', 'resolved', 'closed', 'reopened', 'merged')
  const on = fc.constantFrom('customer', 'vendor', 'problem', 'evidence')
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.record({ at, m: plain }) },
      { weight: 2, arbitrary: fc.record({ at, m: fc.constant('severity'), severity: severities }) },
      { weight: 3, arbitrary: fc.record({ at, m: fc.constant('waited'), on, until: fc.option(at) }) }
    )
    .map(
      (mark): ClockMark =>
        ('until' in mark
          ? { ...mark, at: minute(mark.at), until: mark.until === null ? null : minute(mark.until) }
          : { ...mark, at: minute(mark.at) }) as ClockMark
    )
}

/** A case's marks as `insertMark` orders them: opened at 0, then anything at whole minutes (or, `fine`, at any millisecond). */
export function markLists({ distinct = false, fine = false, maxLength = 14 } = {}): fc.Arbitrary<readonly ClockMark[]> {
  const at = fine
    ? fc.integer({ min: 0, max: 200 * 60_000 }).map((milliseconds) => milliseconds / 60_000)
    : fc.integer({ min: 0, max: 200 })
  const rest = distinct ? fc.uniqueArray(later(at), { selector: (mark) => mark.at, maxLength }) : fc.array(later(at), { maxLength })
  return fc
    .tuple(severities, rest)
    .map(([severity, marks]) => marks.reduce(insertMark, [{ at: minute(0), m: 'opened', severity, phone: false }] as readonly ClockMark[]))
}
