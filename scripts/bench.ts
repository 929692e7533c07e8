import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { table, type Figure, type Job } from './bench/figure.ts'
import { coldStart } from './bench/cold-start.ts'
import { durableCommands } from './bench/durable-commands.ts'
import { initialSync } from './bench/initial-sync.ts'
import { offlineFlush } from './bench/offline-flush.ts'
import { propagation } from './bench/propagation.ts'
import { reconnectStorm } from './bench/reconnect-storm.ts'

const JOBS: readonly Job[] = [initialSync, propagation, offlineFlush, coldStart, durableCommands, reconnectStorm]

const HELP = `npm run bench -- [NAME ...] [--json FILE] [--runs N] [--sizes A,B] [--no-peers]
  Measures the product beside its floor and its peers, in turn and in the same run; medians of N counted runs after a warm-up (default 5).
  Jobs:
${JOBS.map(({ name, about, sizes }) => `  ${name.padEnd(18)} ${about} (sizes ${sizes.join(', ')})`).join('\n')}
  --json FILE   writes [{ job, size, runs, unit, ours, floor, peers, more }]
  --sizes A,B   other sizes than the job's own
  --no-peers    leaves out the peers, which are installed from npm on first use
`

process.exitCode = await run()

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      runs: { type: 'string', default: '5' },
      sizes: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const unknown = positionals.filter((name) => !JOBS.some((job) => job.name === name))
  if (unknown.length > 0) {
    process.stderr.write(`No benchmark is called ${unknown.join(', ')}.\n\n${HELP}`)
    return 1
  }
  const figures: Figure[] = []
  for (const job of JOBS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const sizes = values.sizes ? values.sizes.split(',').map(Number) : job.sizes
    figures.push(
      ...(await job.run({ runs: Number(values.runs), sizes, peers: !values['no-peers'], say: (line) => process.stderr.write(`${line}\n`) }))
    )
    if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
  }
  process.stdout.write(`${table(figures)}\n`)
  return 0
}
