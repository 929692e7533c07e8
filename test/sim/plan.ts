import { random } from './random.ts'
import type { Random } from './random.ts'
import { CALM } from './network.ts'
import type { Weather } from './network.ts'
import { QUIET_STORE } from './store/model-store.ts'
import type { StoreWeather } from './store/model-store.ts'

/** What somebody does at a console. */
export const WORK = [
  'open',
  'openAndWork',
  'note',
  'burst',
  'updateCustomer',
  'recordContact',
  'acknowledge',
  'assign',
  'raiseSeverity',
  'lowerSeverity',
  'wait',
  'resume',
  'resolve',
  'close',
  'reopen',
  'correctDetails',
  'saveDraft',
  'dropDraft',
  'burnNumber',
  'watchTimeline',
  'search',
  'applyAgain',
  'discard',
  'changePerson',
  'changeQueue',
  'attachWindow',
  'detachWindow'
] as const

/** What befalls the world. Each has its own rate per seed, zero in about half of them. */
export const TROUBLE = [
  'consoleKill',
  'consolePowerCut',
  'wipeBrowserStorage',
  'diskFull',
  'corruptChunk',
  'journalFails',
  'cutConnection',
  'blockUp',
  'blockDown',
  'partition',
  'dropAnswers',
  'nodeKill',
  'nodeDrain',
  'storeCrash',
  'backup',
  'restoreBackup',
  'pruneFeed',
  'clockJump',
  'sleep',
  'userSwitch',
  'expireToken',
  'upgradeConsole',
  'secondEngine',
  'longSilence'
] as const

export type Act = (typeof WORK)[number] | (typeof TROUBLE)[number]

/** One thing that happens: after `gap` milliseconds, at a console or node chosen by `who`; `r` seeds every choice it makes. */
export type Action = { readonly gap: number; readonly act: Act; readonly who: number; readonly r: number }

/** Everything a run depends on. Two runs of one plan are the same run. */
export type Plan = {
  readonly seed: number
  readonly consoles: number
  readonly nodes: number
  readonly network: Weather
  readonly store: StoreWeather
  /** Milliseconds by which each node's clock is off. */
  readonly skew: readonly number[]
  readonly actions: readonly Action[]
}

export function planFor(seed: number, operations: number): Plan {
  const draw = random('plan', seed)
  const consoles = draw.between(2, draw.chance(0.15) ? 6 : 4)
  const nodes = draw.pick([1, 1, 2, 2, 3])
  const work = WORK.map((act) => [act, WORK_WEIGHT[act] ?? 1] as const)
  const trouble = TROUBLE.map((act) => [act, draw.chance(0.5) ? 0 : (TROUBLE_WEIGHT[act] ?? 1) * (0.3 + 1.7 * draw.unit())] as const)
  const troubleShare = draw.chance(0.1) ? 0 : 0.05 + 0.35 * draw.unit()
  const meanGap = draw.pick([200, 1_000, 4_000])
  const actions: Action[] = []
  for (let index = 0; index < operations; index++) {
    const hard = draw.chance(troubleShare)
    actions.push({
      gap: draw.chance(0.03) ? draw.wait(120_000) : draw.wait(meanGap),
      act: weighted(draw, hard ? trouble : work) ?? 'note',
      who: draw.between(0, 11),
      r: draw.bits()
    })
  }
  const rough = draw.chance(0.75)
  return {
    seed,
    consoles,
    nodes,
    network: rough
      ? {
          meanDelay: draw.pick([5, 20, 80]),
          stall: draw.chance(0.5) ? 0 : 0.02 * draw.unit(),
          duplicate: draw.chance(0.5) ? 0 : 0.1 * draw.unit(),
          cut: draw.chance(0.5) ? 0 : 0.03 * draw.unit()
        }
      : CALM,
    store: draw.chance(0.7)
      ? {
          meanHop: draw.pick([0.3, 1, 5]),
          stall: draw.chance(0.5) ? 0 : 0.01 * draw.unit(),
          lose: draw.chance(0.5) ? 0 : 0.02 * draw.unit(),
          loseWake: draw.chance(0.5) ? 0 : draw.unit()
        }
      : QUIET_STORE,
    skew: Array.from({ length: nodes }, () => (draw.chance(0.7) ? 0 : draw.between(-40, 40))),
    actions
  }
}

const WORK_WEIGHT: { readonly [A in Act]?: number } = {
  open: 6,
  openAndWork: 3,
  note: 10,
  burst: 2,
  updateCustomer: 4,
  acknowledge: 4,
  assign: 4,
  raiseSeverity: 3,
  lowerSeverity: 3,
  resolve: 3,
  close: 2,
  reopen: 2,
  saveDraft: 3,
  changePerson: 1.5,
  changeQueue: 0.5,
  attachWindow: 0.5,
  detachWindow: 0.5,
  search: 0.3,
  watchTimeline: 1
}

const TROUBLE_WEIGHT: { readonly [A in Act]?: number } = {
  consoleKill: 3,
  consolePowerCut: 3,
  cutConnection: 4,
  dropAnswers: 3,
  nodeKill: 3,
  storeCrash: 1.5,
  backup: 2,
  restoreBackup: 1,
  pruneFeed: 1,
  userSwitch: 1,
  corruptChunk: 0.7,
  wipeBrowserStorage: 0.7
}

function weighted<T>(draw: Random, options: readonly (readonly [T, number])[]): T | undefined {
  const total = options.reduce((sum, [, weight]) => sum + weight, 0)
  let left = draw.unit() * total
  for (const [option, weight] of options) {
    left -= weight
    if (left < 0 && weight > 0) return option
  }
  return undefined
}
