import { describe, expect, it } from 'vitest'
import type { Instant } from '#shared/domain/instant.ts'
import { HOUR, MINUTE } from '#shared/domain/instant.ts'
import { pressureOf, remainingInShort, remainingText } from '#renderer/ui/due-face.ts'

const T = 1_800_000_000_000
const at = (offset: number) => (T + offset) as Instant
const deadline = { startedAt: at(-45 * MINUTE), dueAt: at(15 * MINUTE), paused: false, pausedUntil: null }

describe('how pressing a promise is', () => {
  it.each([
    ['calm while less than three quarters are gone', -1, 'calm'],
    ['soon from three quarters on', 0, 'soon'],
    ['still soon just above five minutes', 10 * MINUTE - 1, 'soon'],
    ['last from five minutes before', 10 * MINUTE, 'last'],
    ['last in the last millisecond', 15 * MINUTE - 1, 'last'],
    ['late at the due instant itself', 15 * MINUTE, 'late']
  ])('is %s', (_, offset, pressure) => {
    expect(pressureOf(deadline, at(offset))).toBe(pressure)
  })

  it('is paused until the wait runs out, and runs by itself from then on', () => {
    const held = { ...deadline, dueAt: at(4 * HOUR), paused: true, pausedUntil: at(HOUR) }
    expect(pressureOf(held, at(HOUR - 1))).toBe('paused')
    expect(pressureOf(held, at(HOUR))).toBe('calm')
  })

  it('is paused while nobody said until when', () => {
    expect(pressureOf({ ...deadline, dueAt: null, paused: true, pausedUntil: null }, at(9 * HOUR))).toBe('paused')
  })
})

describe('the time left in words', () => {
  it.each([
    [250_000, '00:04:10'],
    [1, '00:00:01'],
    [0, '-00:00:00'],
    [-754_000, '-00:12:34'],
    [-754_999, '-00:12:34'],
    [15 * MINUTE - 1_000, '00:14:59'],
    [15 * MINUTE, '15m'],
    [59 * MINUTE + 59_000, '59m'],
    [3 * HOUR + 58 * MINUTE, '3h 58m'],
    [52 * HOUR, '2d 04h'],
    [-2 * HOUR - 5 * MINUTE, '-2h 05m'],
    [-26 * HOUR, '-1d 02h']
  ])('%i milliseconds are %s', (left, text) => {
    expect(remainingText(at(left), at(0))).toBe(text)
  })

  it.each([
    [4 * MINUTE + 59_000, '4m'],
    [-8 * MINUTE, '-8m'],
    [3 * HOUR, '3h'],
    [-50 * HOUR, '-2d']
  ])('%i milliseconds are %s where it is narrow', (left, text) => {
    expect(remainingInShort(at(left), at(0))).toBe(text)
  })
})
