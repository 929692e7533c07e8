/** One line of the benchmarks' report: medians of the counted runs, all of them measured in the same run of the command. */
export type Figure = {
  readonly job: string
  readonly size: number
  readonly runs: number
  readonly unit: string
  readonly ours: number
  /** What the same work costs with nothing of the product in it; null where there is no such thing. */
  readonly floor: number | null
  readonly peers: { readonly [name: string]: number }
  /** What else was seen: percentiles, memory, event-loop delay. Same unit only where the name says so. */
  readonly more: { readonly [name: string]: number }
}

export type Wish = {
  /** Counted runs; one more goes first as warm-up and is dropped. */
  readonly runs: number
  readonly sizes: readonly number[]
  readonly peers: boolean
  readonly say: (line: string) => void
}

export type Job = {
  readonly name: string
  /** What is measured, in one sentence. */
  readonly about: string
  readonly sizes: readonly number[]
  readonly run: (wish: Wish) => Promise<readonly Figure[]>
}

/** The middle value; the mean of the two middle ones of an even count. Throws on an empty list, which only a bug can bring. */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Linear between neighbours. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new Error('a median of nothing was asked for')
  const sorted = values.toSorted((a, b) => a - b)
  const place = ((sorted.length - 1) * percent) / 100
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}

/** Three significant digits, without an exponent. */
export function rounded(value: number): number {
  return Number(value.toPrecision(value >= 1_000 ? 4 : 3))
}

/** The figures as a table for people, with the ratio that each target speaks of. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.job,
    String(figure.size),
    `${rounded(figure.ours)} ${figure.unit}`,
    figure.floor === null ? '-' : `${rounded(figure.floor)} (x${rounded(figure.ours / figure.floor)})`,
    Object.entries(figure.peers)
      .map(([name, value]) => `${name} ${rounded(value)} (x${rounded(figure.ours / value)})`)
      .join(', ') || '-',
    Object.entries(figure.more)
      .map(([name, value]) => `${name} ${rounded(value)}`)
      .join(', ')
  ])
  const head = ['job', 'size', 'ours', 'floor (ours/floor)', 'peers (ours/peer)', 'also seen']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
