/** Versions `from` to `upTo` of one case's history, both included, as one row of the disk holds them. */
export type Stretch = { readonly from: number; readonly upTo: number }

/** The row's key. */
export function stretchKey(caseId: string, { from, upTo }: Stretch): string {
  return `${caseId}/${String(from).padStart(6, '0')}-${String(upTo).padStart(6, '0')}`
}

/** The last version up to which the stretches follow on from the first; 0 when the first is missing. */
export function coveredUpTo(stretches: readonly Stretch[]): number {
  let upTo = 0
  for (const stretch of stretches.toSorted((a, b) => a.from - b.from)) {
    if (stretch.from > upTo + 1) break
    upTo = Math.max(upTo, stretch.upTo)
  }
  return upTo
}

/** What the keys on the disk say. */
export function readStretches(keys: readonly string[]): Map<string, readonly Stretch[]> {
  const stretches = new Map<string, Stretch[]>()
  for (const key of keys) {
    const match = /^(.+)\/(\d+)-(\d+)$/.exec(key)
    if (!match) continue
    const [, caseId = '', from, upTo] = match
    const stretch = { from: Number(from), upTo: Number(upTo) }
    const known = stretches.get(caseId)
    if (known) known.push(stretch)
    else stretches.set(caseId, [stretch])
  }
  return stretches
}
