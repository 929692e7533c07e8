/** The longest wait between two tries, milliseconds. */
const LONGEST = 60_000

/** Full jitter: anywhere between at once and twice the last bound, so that consoles that lost one server do not return as one. */
export function backOff(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(LONGEST, 1_000 * 2 ** Math.min(attempt, 16)))
}

/** The first wait after losing a server that said how many consoles it had. */
export function spreadWait(spread: number, random: () => number): number {
  return Math.round(random() * spread)
}
