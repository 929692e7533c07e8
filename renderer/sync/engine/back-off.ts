/** The longest wait between two tries, milliseconds. */
const LONGEST = 60_000
/** The same for a server that does not answer at all. */
const LONGEST_AWAY = 15_000

/** Full jitter: anywhere between at once and twice the last bound, so that consoles that lost one server do not return as one. */
export function backOff(attempt: number, random: () => number, longest: number = LONGEST): number {
  return Math.round(random() * Math.min(longest, 1_000 * 2 ** Math.min(attempt, 16)))
}

/**
 * The wait before the next try to reach a server that is away. A knock costs it next to nothing, and a desk that is back must not wait a
 * minute for its people: at this bound 1,000 consoles come back at about 130 a second.
 */
export function reconnectWait(attempt: number, random: () => number): number {
  return backOff(attempt, random, LONGEST_AWAY)
}

/** The first wait after losing a server that said how many consoles it had. */
export function spreadWait(spread: number, random: () => number): number {
  return Math.round(random() * spread)
}
