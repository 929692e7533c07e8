import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { PLANTED, plantedFault } from './planted.ts'
import { readPin, readPinned, writePin } from './pinned.ts'
import { planFor } from './plan.ts'
import type { Plan } from './plan.ts'
import { runSeeds } from './pool.ts'
import { run } from './run.ts'
import type { SeedResult } from './seeds.ts'
import { shrink } from './shrink.ts'

const HELP = `npm run sim -- [options]

Plays simulated desks: consoles, server nodes, a network and disks that fail, all driven by a seed, with the real engine, protocol, domain and
server code in between. A seed that breaks a promise is printed, shrunk and written to test/sim/pinned.

  --seeds N        how many seeds (100)
  --from S         the first seed (1)
  --ops K          actions per seed (300)
  --seconds T      begin no new seed after T seconds, and say how many were played
  --fault NAME     plant a fault; the run then succeeds when it is caught
  --hunt           plant every fault in turn and print which seed catches each
  --trace          print every event of the first seed
  --replay FILE    play a pinned plan, with --trace to see its events
  --no-pin         shrink a failing plan, but do not write it to test/sim/pinned
  --no-pinned      leave out the failures of the past, which are played first
  --threads N      seeds run at once (all processors)
  --list-faults    the faults that can be planted
  --help

Exit status 0 only when every promise held (or, with --fault and --hunt, when every fault was caught). The last line counts: "N passed, N failed".`

/** The command line of the simulation; returns the exit status. */
export async function simulate(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      ops: { type: 'string', default: '300' },
      fault: { type: 'string' },
      hunt: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      replay: { type: 'string' },
      seconds: { type: 'string' },
      'no-pin': { type: 'boolean', default: false },
      'no-pinned': { type: 'boolean', default: false },
      threads: { type: 'string' },
      'list-faults': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return say(HELP)
  if (values['list-faults']) return say(PLANTED.map(({ name, what }) => `${name.padEnd(30)} ${what}`).join('\n'))
  const options = {
    seeds: whole('--seeds', values.seeds),
    from: whole('--from', values.from),
    operations: whole('--ops', values.ops),
    threads: values.threads === undefined ? availableParallelism() : whole('--threads', values.threads)
  }
  const fault = values.fault ?? null
  if (fault !== null && !plantedFault(fault)) throw new Error(`There is no fault ${fault}. --list-faults names them.`)
  if (values.replay !== undefined) return replay(readPin(values.replay).plan, fault, values.trace)
  if (values.trace) return replay(planFor(options.from, options.operations), fault, true)
  if (values.hunt) return hunt(options)
  if (fault !== null) return plant(options, fault)
  const seconds = values.seconds === undefined ? null : whole('--seconds', values.seconds)
  return play(options, seconds, !values['no-pinned'], !values['no-pin'])
}

type Options = { readonly seeds: number; readonly from: number; readonly operations: number; readonly threads: number }

async function play(options: Options, seconds: number | null, withPinned: boolean, pins: boolean): Promise<number> {
  const pinned = withPinned ? await playPinned() : { passed: 0, failed: 0 }
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1_000
  const failed: SeedResult[] = []
  let done = 0
  let events = 0
  await runSeeds({ ...options, fault: null }, (result) => {
    done += 1
    events += result.events
    if (result.violations.length > 0) {
      failed.push(result)
      say(`seed ${result.seed} broke a promise: ${first(result)}`)
    }
    if (done % 500 === 0) say(`${done} of ${options.seeds} seeds, ${failed.length} failed`)
    return failed.length < 20 && (seconds === null || elapsed() < seconds)
  })
  say(`seeds from ${options.from}, ${options.operations} actions each: ${events} events in ${elapsed().toFixed(0)} s`)
  if (done < options.seeds) say(`${done} of ${options.seeds} seeds were played`)
  for (const result of failed.slice(0, 5)) await report(result, options.operations, pins)
  say(`${pinned.passed + done - failed.length} passed, ${pinned.failed + failed.length} failed`)
  return failed.length + pinned.failed > 0 ? 1 : 0
}

/** Every failure of the past, again. */
async function playPinned(): Promise<{ readonly passed: number; readonly failed: number }> {
  let failed = 0
  const pins = readPinned()
  for (const pin of pins) {
    const { violations } = await run(pin.plan)
    const [violation] = violations
    if (!violation) continue
    failed += 1
    say(
      `pinned ${pin.name} broke a promise: ${violation.message.slice(0, 300)}\n  again: npm run sim -- --replay test/sim/pinned/${pin.name}.json --trace`
    )
  }
  return { passed: pins.length - failed, failed }
}

async function plant(options: Options, fault: string): Promise<number> {
  let caught: SeedResult | null = null
  await runSeeds({ ...options, fault }, (result) => {
    if (result.violations.length > 0 && (caught === null || result.seed < caught.seed)) caught = result
    return caught === null
  })
  const by = caught as SeedResult | null
  return by ? say(`${fault} was caught by seed ${by.seed}: ${first(by)}`) : complain(`${fault} was NOT caught by ${options.seeds} seeds.`)
}

/** How to see a failure again, and its plan as small as it gets. */
async function report(result: SeedResult, operations: number, pins: boolean): Promise<void> {
  const [violation] = result.violations
  if (!violation) return
  complain(`\nseed ${result.seed}: ${violation.message}\n  again: npm run sim -- --from ${result.seed} --ops ${operations} --trace`)
  if (violation.invariant === 'deterministic') return
  const { plan, runs } = await shrink(planFor(result.seed, operations), violation.invariant, null, 400)
  const acts = plan.actions.map(({ act, who }) => `${act} ${who}`).join(', ')
  complain(`  shrunk to ${plan.actions.length} actions in ${runs} runs: ${acts}`)
  if (!pins) return
  const file = writePin({ name: `${violation.invariant}-${result.seed}`, broke: violation.invariant, message: violation.message, plan })
  complain(`  again: npm run sim -- --replay ${file} --trace`)
}

async function replay(plan: Plan, fault: string | null, traced: boolean): Promise<number> {
  const planted = fault === null ? null : (plantedFault(fault) ?? null)
  const outcome = await run(plan, { planted, ...(traced ? { print: (line: string) => void say(line) } : {}) })
  say(`seed ${plan.seed}, ${plan.actions.length} actions, ${outcome.events} events, trace ${outcome.hash}`)
  for (const violation of outcome.violations) complain(violation.message)
  return outcome.violations.length > 0 ? 1 : say('Every promise held.')
}

async function hunt(options: Options): Promise<number> {
  let missed = 0
  for (const { name, what } of PLANTED) {
    let caught: SeedResult | null = null
    await runSeeds({ ...options, fault: name }, (result) => {
      if (result.violations.length > 0 && (caught === null || result.seed < caught.seed)) caught = result
      return caught === null
    })
    const by = caught as SeedResult | null
    if (by) say(`| ${name} | ${what} | ${by.seed} | ${by.violations[0]?.invariant} |`)
    else {
      missed += 1
      complain(`${name} was NOT caught by ${options.seeds} seeds.`)
    }
  }
  return missed > 0 ? 1 : say(`All ${PLANTED.length} planted faults were caught.`)
}

function first(result: SeedResult): string {
  return (result.violations[0]?.message ?? '').slice(0, 300)
}

function whole(name: string, value: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${name} needs a whole number from 1, not ${value}.`)
  return number
}

function say(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string): 1 {
  process.stderr.write(`${text}\n`)
  return 1
}
