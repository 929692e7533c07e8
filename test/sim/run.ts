import { befall } from './trouble.ts'
import type { TroubleAct } from './trouble.ts'
import { TROUBLE } from './plan.ts'
import type { Plan } from './plan.ts'
import type { WorkAct } from './agent.ts'
import type { PlantedFault } from './faults.ts'
import { judgeQuiet, restless } from './verdict.ts'
import { Violation } from './violation.ts'
import { World } from './world.ts'
import { trace } from './trace.ts'

export type Outcome = {
  readonly seed: number
  readonly violations: readonly Violation[]
  readonly hash: string
  readonly events: number
  readonly lines: readonly string[]
  readonly world: World
}

/** More events than any healthy run needs. */
const EVENTS = 3_000_000
/** Quiet must come within this, after everything was mended, milliseconds of true time. */
const QUIET_WITHIN = 600_000

const troubles: ReadonlySet<string> = new Set(TROUBLE)

/** Plays one plan to its end and judges it. The same plan gives the same outcome, event for event. */
export async function run(
  plan: Plan,
  options: { readonly planted?: PlantedFault | null; readonly keepTrace?: boolean; readonly print?: (line: string) => void } = {}
): Promise<Outcome> {
  const traced = trace(options.keepTrace ?? false, options.print)
  const world = new World(plan, traced, options.planted ?? null)
  const { scheduler } = world
  const broken = () => world.violations.length > 0
  world.start()

  let next = 0
  const play = () => {
    const action = plan.actions[next]
    if (!action) return
    next += 1
    world.note(`act ${action.act} ${action.who}`)
    if (troubles.has(action.act)) befall(world, action.act as TroubleAct, action.who, action.r)
    else world.agents[action.who % world.agents.length]?.do(action.act as WorkAct, action.r)
    scheduler.after(plan.actions[next]?.gap ?? 1_000, next < plan.actions.length ? play : () => (played = true))
  }
  let played = plan.actions.length === 0
  scheduler.after(3_000, play)
  await scheduler.run(() => broken() || played, EVENTS)
  if (!broken()) {
    await passed(world, 1_000)
    world.heal()
    world.note('healed')
    await quiet(world)
    await everyOwner(world)
  }
  if (!broken()) {
    for (const machine of world.machines) world.watch.everything(machine)
    for (const violation of judgeQuiet(world)) world.violations.push(violation)
  }
  return { seed: plan.seed, violations: world.violations, hash: traced.hash(), events: scheduler.events(), lines: traced.lines(), world }
}

async function passed(world: World, milliseconds: number): Promise<void> {
  const until = world.scheduler.now() + milliseconds
  await world.scheduler.run(() => world.violations.length > 0 || world.scheduler.now() >= until, EVENTS)
}

async function quiet(world: World): Promise<void> {
  const until = world.scheduler.now() + QUIET_WITHIN
  let calmSince: number | null = null
  while (world.violations.length === 0 && world.scheduler.now() < until) {
    await passed(world, 500)
    if (restless(world) !== null) calmSince = null
    else {
      calmSince ??= world.scheduler.now()
      if (world.scheduler.now() - calmSince >= 4_000) return
    }
  }
  const why = restless(world)
  if (world.violations.length === 0 && why !== null) world.violations.push(new Violation('quietIsReached', why))
}

/** Whoever ever worked at a computer comes back to it, and then whoever is there now. */
async function everyOwner(world: World): Promise<void> {
  for (const machine of world.machines) {
    const last = world.users[machine.index]
    for (const personId of [...world.everHere(machine.index), last]) {
      if (world.violations.length > 0 || personId === undefined || world.users[machine.index] === personId) continue
      world.switchUser(machine, personId)
      await quiet(world)
    }
    const [waiting] = machine.state?.waitingForOthers ?? []
    if (waiting && world.violations.length === 0)
      world.violations.push(
        new Violation('quietIsReached', `console ${machine.index} still holds ${waiting.commands} commands of ${waiting.name}`)
      )
  }
}
