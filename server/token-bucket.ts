import type { Clock } from './clock.ts'

export type TokenBucket = {
  /** Takes one token of this key: 0 when there was one, otherwise the milliseconds until there is. */
  readonly take: (key: string) => number
  readonly reset: (key: string) => void
  /** Puts one token back. */
  readonly giveBack: (key: string) => void
}

const REMEMBERED = 10_000

/** A rate limit per key: `burst` at once, then `perSecond` on average. */
export function tokenBucket({ burst, perSecond }: { readonly burst: number; readonly perSecond: number }, clock: Clock): TokenBucket {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take: (key) => {
      const now = clock.now()
      const bucket = buckets.get(key) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond)
      buckets.delete(key)
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
      if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value ?? key)
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1_000)
    },
    reset: (key) => void buckets.delete(key),
    giveBack: (key) => {
      const bucket = buckets.get(key)
      if (bucket) bucket.tokens = Math.min(burst, bucket.tokens + 1)
    }
  }
}
