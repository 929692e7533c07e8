import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { benchDesk } from './desk.ts'
import { median, percentile, type Figure, type Job } from './figure.ts'
import { startFloor } from './floor.ts'
import { headlessConsole, openCaseIds, type BenchConsole } from './headless.ts'

const CHANGES = 30

/** From a command given on console A (saved on its disk, decided, committed) to the record on the board of console B, one at a time. */
export const propagation: Job = {
  name: 'propagation',
  about: 'milliseconds from a change on console A, durably committed, to the board of console B',
  sizes: [1_000],
  run: async ({ runs, sizes, say }) => {
    const figures: Figure[] = []
    for (const size of sizes) {
      const desk = await benchDesk(size)
      const floor = await startFloor()
      const { url } = desk.backend
      const a = await headlessConsole(join(desk.folder, 'a'), url, 'amara')
      const b = await headlessConsole(join(desk.folder, 'b'), url, 'jonas')
      const [left, right] = [await floor.connect(), await floor.connect()]
      try {
        const ours: number[] = []
        const bare: number[] = []
        for (let run = 0; run <= runs; run++) {
          const cases = openCaseIds(a)
          const mine: number[] = []
          const wire: number[] = []
          for (let n = 0; n < CHANGES; n++) {
            mine.push(await changeSeen(a, b, cases[n % cases.length] ?? '', n))
            const began = performance.now()
            const seen = new Promise((heard) => right.once('changed', heard))
            left.emit('push', [{ id: randomUUID(), body: { text: `Called back, attempt ${n}.` } }], () => undefined)
            await seen
            wire.push(performance.now() - began)
            // Longer than the server gathers changes for one message: this is the wait for a single change.
            await pause(100)
          }
          say(
            `propagation, ${size}, run ${run}${run === 0 ? ' (warm-up)' : ''}: ours ${median(mine).toFixed(1)} ms, bare Socket.IO ${median(wire).toFixed(1)} ms`
          )
          if (run === 0) continue
          ours.push(...mine)
          bare.push(...wire)
        }
        const more = { 'p95 ms': percentile(ours, 95), 'floor p95 ms': percentile(bare, 95) }
        figures.push({ job: 'propagation', size, runs, unit: 'ms', ours: median(ours), floor: median(bare), peers: {}, more })
      } finally {
        left.disconnect()
        right.disconnect()
        floor.end()
        await a.stop()
        await b.stop()
        await desk.end()
      }
    }
    return figures
  }
}

async function changeSeen(a: BenchConsole, b: BenchConsole, caseId: string, n: number): Promise<number> {
  const before = b.board.get(`case/${caseId}`)?.version ?? 0
  const { promise, resolve } = Promise.withResolvers<number>()
  const stop = b.onRecord((record) => {
    if (record.kind === 'case' && record.id === caseId && record.version > before) resolve(performance.now())
  })
  const began = performance.now()
  const submitted = await a.client.submit('note', caseId, { text: `Called back, attempt ${n}.` })
  if (!submitted.accepted) throw new Error(`refused: ${JSON.stringify(submitted.refusal)}`)
  const at = await promise
  stop()
  await submitted.confirmed
  return at - began
}
