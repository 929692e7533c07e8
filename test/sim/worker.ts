import { parentPort, workerData } from 'node:worker_threads'
import { runSeed } from './seeds.ts'

/** One thread of many: asks for a seed, runs it, reports it, until there is none left. */
const { operations, fault } = workerData as { readonly operations: number; readonly fault: string | null }

parentPort?.on('message', (seed: number | null) => {
  if (seed === null) {
    parentPort?.close()
    return
  }
  runSeed(seed, operations, fault).then(
    (result) => parentPort?.postMessage(result),
    (error: unknown) => {
      parentPort?.postMessage({
        seed,
        events: 0,
        milliseconds: 0,
        hash: '',
        violations: [
          {
            invariant: 'noFault',
            message: `the run itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
          }
        ]
      })
    }
  )
})
