import { describe, expect, it } from 'vitest'
import { wallSizes } from '#renderer/features/wall/wall-sizes.ts'

const FULL_HD = { width: 1_920, height: 1_080 }

describe('the sizes of the wall', () => {
  it('are read at five metres on a 55-inch screen', () => {
    const sizes = wallSizes(FULL_HD, FULL_HD, 55, 5)
    expect(sizes.first).toBeGreaterThanOrEqual(125)
    expect(sizes.first).toBeLessThanOrEqual(129)
    expect(sizes.row).toBeGreaterThanOrEqual(64)
    expect(sizes.row).toBeLessThanOrEqual(70)
    expect(sizes.least).toBeGreaterThanOrEqual(50)
  })

  it('stay the same height on the wall whatever the resolution', () => {
    const uhd = { width: 3_840, height: 2_160 }
    expect(wallSizes(uhd, uhd, 55, 5).row).toBeCloseTo(2 * wallSizes(FULL_HD, FULL_HD, 55, 5).row)
  })

  it('grow with the distance, and fewer rows are left', () => {
    const near = wallSizes(FULL_HD, FULL_HD, 55, 3)
    const far = wallSizes(FULL_HD, FULL_HD, 55, 8)
    expect(far.row).toBeCloseTo((near.row * 8) / 3)
    expect(far.rows).toBeLessThan(near.rows)
  })

  it('never show more than eight rows nor fewer than one', () => {
    expect(wallSizes(FULL_HD, FULL_HD, 85, 1).rows).toBe(8)
    expect(wallSizes(FULL_HD, { width: 800, height: 300 }, 32, 12).rows).toBe(1)
  })

  it('leave room for every row on the screen', () => {
    for (const diagonal of [32, 43, 55, 65, 85]) {
      for (const distance of [2, 3, 4, 5, 6, 8]) {
        const { first, row, least, rows } = wallSizes(FULL_HD, FULL_HD, diagonal, distance)
        const height = 2 * least * 1.75 + (first + least) * 1.22 + (rows - 1) * (row + least) * 1.22
        if (rows > 1) expect(height).toBeLessThanOrEqual(FULL_HD.height)
      }
    }
  })
})
