import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { until } from '../drive/until.ts'
import { benchDesk } from './desk.ts'
import { median, type Figure, type Job } from './figure.ts'
import { startFloor, type Floor } from './floor.ts'
import { headlessConsole, openCaseIds, type BenchConsole } from './headless.ts'

/** As many as a console puts into one push. */
const AT_ONCE = 100

/** From the server's return to the last answer to commands given offline; the floor sends as many messages in batches of the same size. */
export const offlineFlush: Job = {
  name: 'offline-flush',
  about: 'milliseconds from the server’s return until all commands given offline are committed and answered',
  sizes: [1_000],
  run: async ({ runs, sizes, say }) => {
    const figures: Figure[] = []
    for (const size of sizes) {
      const desk = await benchDesk(1_000)
      const floor = await startFloor()
      const console_ = await headlessConsole(join(desk.folder, 'console'), desk.backend.url, 'amara')
      try {
        const ours: number[] = []
        const bare: number[] = []
        for (let run = 0; run <= runs; run++) {
          const mine = await flush(console_, desk.backend.url, size)
          const wire = await flushBare(floor, size)
          say(
            `offline-flush, ${size}, run ${run}${run === 0 ? ' (warm-up)' : ''}: ours ${mine.toFixed(0)} ms, in memory ${wire.toFixed(0)} ms`
          )
          if (run === 0) continue
          ours.push(mine)
          bare.push(wire)
        }
        figures.push({ job: 'offline-flush', size, runs, unit: 'ms', ours: median(ours), floor: median(bare), peers: {}, more: {} })
      } finally {
        floor.end()
        await console_.stop()
        await desk.end()
      }
    }
    return figures
  }
}

async function flush(console_: BenchConsole, server: string, commands: number): Promise<number> {
  const { client } = console_
  console_.setServer(null)
  await until('the console is offline', () => client.state().connection.state !== 'live', { seconds: 30 })
  const cases = openCaseIds(console_)
  const answers: Promise<unknown>[] = []
  for (let n = 0; n < commands; n++) {
    const submitted = await client.submit('note', cases[n % cases.length] ?? '', { text: `Written down on the train, ${n}.` })
    if (!submitted.accepted) throw new Error(`refused: ${JSON.stringify(submitted.refusal)}`)
    await submitted.saved
    answers.push(submitted.confirmed)
  }
  const began = performance.now()
  console_.setServer(server)
  await Promise.all(answers)
  return performance.now() - began
}

async function flushBare(floor: Floor, messages: number): Promise<number> {
  const queue = Array.from({ length: messages }, (_, n) => ({ id: randomUUID(), body: { text: `Written down on the train, ${n}.` } }))
  const began = performance.now()
  const socket = await floor.connect()
  for (let from = 0; from < queue.length; from += AT_ONCE) await socket.emitWithAck('push', queue.slice(from, from + AT_ONCE))
  const milliseconds = performance.now() - began
  socket.disconnect()
  return milliseconds
}
