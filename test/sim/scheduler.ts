/** Cancels what was scheduled; harmless when it already ran. */
export type Cancel = () => void

type Entry = { readonly at: number; readonly order: number; run: (() => void) | null }

/**
 * The one thread of a simulated world: events in the order of their true time, ties in the order in which they were scheduled. After
 * each event every promise that can settle has settled before the next one runs, so asynchronous production code is as
 * deterministic as the events are.
 */
export class Scheduler {
  private readonly heap: Entry[] = []
  private order = 0
  private time = 0
  private ran = 0

  /** True time in milliseconds since the world began. Nobody inside the world can read it; machines have clocks of their own. */
  now(): number {
    return this.time
  }

  /** How many events have run. */
  events(): number {
    return this.ran
  }

  /** Time passes and nothing happens, as if everything stood still at once; what was due meanwhile is late. */
  leap(milliseconds: number): void {
    this.time += milliseconds
  }

  after(milliseconds: number, run: () => void): Cancel {
    const entry: Entry = { at: this.time + Math.max(0, milliseconds), order: this.order++, run }
    this.push(entry)
    return () => {
      entry.run = null
    }
  }

  /** Runs events until `until` says so, none is left, or `limit` events ran. */
  async run(until: () => boolean, limit: number): Promise<'done' | 'empty' | 'limit'> {
    await settled()
    for (let count = 0; count < limit; count++) {
      if (until()) return 'done'
      const entry = this.pop()
      if (!entry) return 'empty'
      if (entry.at > this.time) this.time = entry.at
      const run = entry.run
      if (!run) continue
      entry.run = null
      this.ran += 1
      run()
      await settled()
    }
    return 'limit'
  }

  private push(entry: Entry): void {
    const { heap } = this
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = heap[parentIndex]
      if (!parent || !before(entry, parent)) break
      heap[index] = parent
      index = parentIndex
    }
    heap[index] = entry
  }

  private pop(): Entry | undefined {
    const { heap } = this
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let index = 0
    for (;;) {
      let childIndex = 2 * index + 1
      let child = heap[childIndex]
      if (!child) break
      const right = heap[childIndex + 1]
      if (right && before(right, child)) {
        child = right
        childIndex += 1
      }
      if (!before(child, last)) break
      heap[index] = child
      index = childIndex
    }
    heap[index] = last
    return first
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

/** All microtasks run before the next turn of the event loop: when this settles, nothing is left that could go on by itself. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
