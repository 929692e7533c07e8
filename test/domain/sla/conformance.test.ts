import { describe, expect, it } from 'vitest'
import { acknowledgement } from './conformance/acknowledgement.ts'
import { instants } from './conformance/instants.ts'
import { late } from './conformance/late.ts'
import { lowering } from './conformance/lowering.ts'
import { merged } from './conformance/merged.ts'
import { raising } from './conformance/raising.ts'
import { reopening } from './conformance/reopening.ts'
import { resolution } from './conformance/resolution.ts'
import { response } from './conformance/response.ts'
import { together } from './conformance/together.ts'
import { updates } from './conformance/updates.ts'
import { waits } from './conformance/waits.ts'
import { tell } from './story.ts'
import type { History } from './story.ts'

const suites: Readonly<Record<string, readonly History[]>> = {
  acknowledgement,
  response,
  updates,
  raising,
  lowering,
  waits,
  resolution,
  reopening,
  late,
  instants,
  merged,
  together
}

describe.each(Object.entries(suites))('conformance: %s', (_, histories) => {
  it.each(histories.map((history) => [history.title, history] as const))('%s', (_title, history) => {
    expect(tell(history), history.sum).toEqual({ reads: history.reads, next: history.next })
  })
})

describe('the conformance suite', () => {
  const all = Object.values(suites).flat()

  it('has at least 150 histories, each with its rule, its arithmetic and a title of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(150)
    expect(new Set(all.map((history) => history.title)).size).toBe(all.length)
    for (const { title, sum } of all) {
      expect(title).toMatch(/^\[SLA-[0-9]+\] /)
      expect(sum, title).toMatch(/[0-9]/)
    }
  })
})
