import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Instant, MINUTE } from '#shared/domain/instant.ts'
import { settleOccurredAt } from '#shared/domain/sla/occurred-at.ts'
import { minute } from '#test/make.ts'

const second = 1000

describe('settleOccurredAt', () => {
  it.each<[string, number, number, number, number | null, { occurredAt: number; late: boolean }]>([
    ['takes the console’s word while it is connected', 10, 50, 10.01, 9.9, { occurredAt: 10, late: false }],
    ['takes it for work without a connection, and marks it late', 10, 50, 45, 5, { occurredAt: 10, late: true }],
    ['allows nothing after its receipt', 12, 50, 11, 9, { occurredAt: 11, late: false }],
    ['allows nothing before the last contact with the server', 3, 0, 45, 5, { occurredAt: 5, late: true }],
    ['takes the word of a console that was never connected', 3, 0, 45, null, { occurredAt: 3, late: true }],
    ['is late only after a minute', 10, 0, 11, 5, { occurredAt: 10, late: false }]
  ])('[SLA-11] %s', (_, claimed, uncertainty, received, lastContact, expected) => {
    const settled = settleOccurredAt(minute(claimed), uncertainty, minute(received), lastContact === null ? null : minute(lastContact))
    expect(settled).toEqual({ occurredAt: minute(expected.occurredAt), late: expected.late })
  })

  it('[SLA-11] lets the known error of the clock reach before the last contact, and no further', () => {
    expect(settleOccurredAt(minute(4), 30 * second, minute(45), minute(5)).occurredAt).toBe(minute(4.5))
    expect(settleOccurredAt(minute(4.75), 30 * second, minute(45), minute(5)).occurredAt).toBe(minute(4.75))
  })

  it('[SLA-11] is an instant between the bounds, and keeps the order in which things were done', () => {
    const instants = fc.integer({ min: 0, max: 1_000_000 }).map(minute)
    fc.assert(
      fc.property(instants, instants, fc.nat(100 * MINUTE), instants, fc.option(instants), (a, b, uncertainty, received, lastContact) => {
        const first = settleOccurredAt(a, uncertainty, received, lastContact)
        const second_ = settleOccurredAt(b, uncertainty, received, lastContact)
        expect(Instant.safeParse(first.occurredAt).success).toBe(true)
        expect(first.occurredAt).toBeLessThanOrEqual(received)
        if (lastContact !== null && lastContact <= received) expect(first.occurredAt).toBeGreaterThanOrEqual(lastContact - uncertainty)
        expect(first.late).toBe(received - first.occurredAt > MINUTE)
        if (a <= b) expect(first.occurredAt).toBeLessThanOrEqual(second_.occurredAt)
      })
    )
  })

  it('[SLA-11] stays an instant even when the known error is longer than time itself', () => {
    expect(settleOccurredAt(Instant.parse(0), 8_640_000_000, Instant.parse(10), Instant.parse(5))).toEqual({ occurredAt: 0, late: false })
  })
})
