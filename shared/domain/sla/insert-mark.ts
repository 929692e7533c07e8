import type { ClockMark } from './mark.ts'

/** SLA-8: what happens in one instant counts in the order contact, severity, status, pause; within a rank, as recorded. */
const RANK: { readonly [M in ClockMark['m']]: number } = {
  opened: 0,
  contacted: 1,
  responded: 1,
  updated: 1,
  severity: 2,
  acknowledged: 3,
  resolved: 3,
  closed: 3,
  reopened: 3,
  merged: 3,
  // Status and pause share a rank: a save records them in the order of SLA-8 anyway, and an export that knows only whole minutes
  // may hold, resolve and re-open in one of them.
  resumed: 3,
  waited: 3
}

/** Adds a mark at its instant, whatever order the facts were recorded in, so that late-recorded work earns its credit (SLA-11). */
export function insertMark(marks: readonly ClockMark[], added: ClockMark): readonly ClockMark[] {
  const index = marks.findLastIndex((mark) => mark.at < added.at || (mark.at === added.at && RANK[mark.m] <= RANK[added.m]))
  return marks.toSpliced(index + 1, 0, added)
}
