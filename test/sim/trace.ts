/**
 * What happened in a run, as a rolling hash (two runs of one seed must agree on it) and, when asked for, as lines. Lines are given as
 * functions, so that a run that nobody reads does not pay for wording them.
 */
export type Trace = {
  readonly note: (at: number, what: string, detail?: () => string) => void
  readonly hash: () => string
  readonly lines: () => readonly string[]
}

export function trace(keep: boolean, print?: (line: string) => void): Trace {
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  let count = 0
  const lines: string[] = []
  const mix = (text: string): void => {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      high = Math.imul(high ^ code, 0x01000193)
      low = Math.imul(low + code, 0x85ebca6b) ^ (low >>> 13)
    }
  }
  return {
    note: (at, what, detail) => {
      count += 1
      mix(`${at} ${what}`)
      if (!keep && !print) return
      const line = `${String(at).padStart(11)}  ${what}${detail ? `  ${detail()}` : ''}`
      if (keep) lines.push(line)
      print?.(line)
    },
    hash: () => `${(high >>> 0).toString(16).padStart(8, '0')}${(low >>> 0).toString(16).padStart(8, '0')}-${count}`,
    lines: () => lines
  }
}
