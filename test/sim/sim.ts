import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Plan } from './plan.ts'
import { planFor } from './plan.ts'
import type { Played } from './play-seeds.ts'
import { run } from './run.ts'

const PINNED = join(import.meta.dirname, 'pinned')
const HELP = `npm run sim -- [--seeds N] [--from S] [--ops K] [--seconds T] [--trace] [--pin]
  Plays seeded worlds of consoles, server nodes, a database, a network and disks that fail, on the product's own code, and checks its promises.
  Plays the pinned failures of the past first, then N seeds from S on (default 100 from 1) with K actions each (default 300).
  --seconds T   plays no new seed after T seconds and says how many it reached
  --trace       prints every event of seed S and of no other
  --pin         keeps the shrunk plan of each failing seed in test/sim/pinned
  A failing seed prints itself, the promise it breaks and how to play it again. Exit 0 only when nothing failed; ends with "N passed, N failed".
`

process.exitCode = await main()

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      ops: { type: 'string', default: '300' },
      seconds: { type: 'string' },
      trace: { type: 'boolean', default: false },
      pin: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const [seeds, from, operations] = [whole('seeds', values.seeds), whole('from', values.from), whole('ops', values.ops)]
  if (values.trace) return traced(from, operations)

  let passed = 0
  let failed = 0
  for (const { name, plan } of pinned()) {
    const { violations } = await run(plan)
    if (violations[0]) {
      failed += 1
      process.stdout.write(`pinned ${name}: ${violations[0].message}\n`)
    } else passed += 1
  }
  const began = performance.now()
  const until = values.seconds === undefined ? Infinity : began + whole('seconds', values.seconds) * 1_000
  let events = 0
  await playAll(seeds, from, operations, until, (played) => {
    events += played.events
    if (played.violations.length === 0) {
      passed += 1
      return
    }
    failed += 1
    const [first] = played.violations
    process.stdout.write(
      `seed ${played.seed} breaks ${first?.message ?? 'a promise'}\n  again: npm run sim -- --from ${played.seed} --ops ${operations} --trace\n`
    )
    if (!played.shrunk) return
    process.stdout.write(
      `  shrunk to ${played.shrunk.actions.length} actions: ${played.shrunk.actions.map(({ act, who }) => `${act} ${who}`).join(', ')}\n`
    )
    if (values.pin) {
      mkdirSync(PINNED, { recursive: true })
      writeFileSync(join(PINNED, `${first?.invariant ?? 'unknown'}-${played.seed}.json`), `${JSON.stringify(played.shrunk)}\n`)
    }
  })
  const seconds = (performance.now() - began) / 1_000
  const played = passed + failed - pinned().length
  if (played < seeds) process.stdout.write(`${played} of ${seeds} seeds were played in the time given\n`)
  process.stdout.write(`seeds ${from} to ${from + played - 1}, ${operations} actions each: ${events} events in ${seconds.toFixed(0)} s\n`)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

/** Hands seeds out to a thread per processor, in order. */
async function playAll(seeds: number, from: number, operations: number, until: number, done: (played: Played) => void): Promise<void> {
  let next = from
  const threads = Array.from({ length: Math.min(availableParallelism(), seeds) }, async () => {
    const worker = new Worker(join(import.meta.dirname, 'play-seeds.ts'), { workerData: { operations, shrinkFor: 60_000 } })
    await new Promise<void>((settle, fail) => {
      const feed = () => {
        if (next >= from + seeds || performance.now() > until) settle()
        else worker.postMessage(next++)
      }
      worker.on('message', (played: Played) => {
        done(played)
        feed()
      })
      worker.once('error', fail)
      feed()
    })
    await worker.terminate()
  })
  await Promise.all(threads)
}

async function traced(seed: number, operations: number): Promise<number> {
  const { violations, hash } = await run(planFor(seed, operations), { print: (line) => process.stdout.write(`${line}\n`) })
  for (const violation of violations) process.stdout.write(`${violation.message}\n`)
  process.stdout.write(`seed ${seed}: trace ${hash}, ${violations.length === 0 ? 'every promise kept' : 'BROKEN'}\n`)
  return violations.length === 0 ? 0 : 1
}

function pinned(): readonly { readonly name: string; readonly plan: Plan }[] {
  mkdirSync(PINNED, { recursive: true })
  return readdirSync(PINNED)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => ({ name, plan: JSON.parse(readFileSync(join(PINNED, name), 'utf8')) as Plan }))
}

function whole(name: string, text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} is a whole number`)
  return number
}
