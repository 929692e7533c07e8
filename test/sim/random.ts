/** A stream of pseudo-random numbers that a seed alone decides (sfc32). Nothing in a simulation may draw from anywhere else. */
export type Random = {
  /** A number in [0, 1). */
  readonly unit: () => number
  /** A whole number in [from, to], both included. */
  readonly between: (from: number, to: number) => number
  /** True with this probability. */
  readonly chance: (probability: number) => boolean
  /** One of these; throws for an empty list, which only a bug in a scenario can bring. */
  readonly pick: <T>(options: readonly T[]) => T
  /** An exponentially distributed wait with this mean, in whole milliseconds. */
  readonly wait: (mean: number) => number
  /** 32 random bits. */
  readonly bits: () => number
}

/**
 * Streams are named: `random(7, 'network', 'console 2')` is another stream than `random(7, 'disk')`, so an action that is dropped while
 * shrinking does not reshuffle everything after it.
 */
export function random(...name: readonly (string | number)[]): Random {
  let [a, b, c, d] = seedWords(name.join('/'))
  const bits = (): number => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let round = 0; round < 12; round++) bits()
  const unit = (): number => bits() / 4_294_967_296
  const between = (from: number, to: number): number => from + Math.floor(unit() * (to - from + 1))
  return {
    unit,
    between,
    bits,
    chance: (probability) => unit() < probability,
    pick: <T>(options: readonly T[]): T => {
      const option = options[between(0, options.length - 1)]
      if (option === undefined) throw new Error('picked from an empty list')
      return option
    },
    wait: (mean) => Math.round(-Math.log(1 - unit()) * mean)
  }
}

/** Four words from a text (FNV-1a with four offsets, mixed). */
function seedWords(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    words[0] = Math.imul(words[0] ^ code, 0x01000193)
    words[1] = Math.imul(words[1] ^ (code + index), 0x85ebca6b)
    words[2] = Math.imul(words[2] ^ (code << 3), 0xc2b2ae35)
    words[3] = Math.imul(words[3] + code, 0x27d4eb2f)
  }
  return words
}
