import { Worker } from 'node:worker_threads'
import type { SeedResult } from './seeds.ts'

export type Wanted = {
  readonly from: number
  readonly seeds: number
  readonly operations: number
  readonly fault: string | null
  readonly threads: number
}

/** Runs seeds on several threads, in no particular order. `heard` may stop the rest by returning false. */
export async function runSeeds({ from, seeds, operations, fault, threads }: Wanted, heard: (result: SeedResult) => boolean): Promise<void> {
  let next = from
  let stopped = false
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { operations, fault } })
      const hand = () => {
        const seed = stopped || next >= from + seeds ? null : next++
        worker.postMessage(seed)
      }
      worker.on('message', (result: SeedResult) => {
        if (!heard(result)) stopped = true
        hand()
      })
      worker.on('error', reject)
      worker.on('exit', () => resolve())
      hand()
    })
  await Promise.all(Array.from({ length: Math.min(threads, seeds) }, one))
}
