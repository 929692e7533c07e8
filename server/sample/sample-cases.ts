import type { Instant } from '#shared/domain/instant.ts'
import { DAY, HOUR, MINUTE } from '#shared/domain/instant.ts'
import type { CaseId } from '#shared/domain/identity.ts'
import { nameBasedId } from '../name-based-id.ts'
import { SAMPLE_CUSTOMERS } from './customers.ts'
import type { ContactRow, SampleCustomer } from './customers.ts'
import { dice } from './dice.ts'
import type { Dice } from './dice.ts'
import type { PersonKey } from './people.ts'
import type { Scenario } from './scenario.ts'
import { NETWORK_SCENARIOS } from './scenarios/networks.ts'
import { OPEN_NOW } from './scenarios/open-now.ts'
import { REQUEST_SCENARIOS } from './scenarios/requests.ts'
import { SERVER_SCENARIOS } from './scenarios/servers.ts'

/** One case of the sample desk before it is played: which matter, whose, when, and who was on duty. */
export type SampleCase = {
  readonly key: string
  readonly id: CaseId
  readonly scenario: Scenario
  readonly openedAt: Instant
  readonly customer: SampleCustomer
  readonly contact: ContactRow
  readonly item: string | null
  readonly agent: PersonKey
  /** Milliseconds since the ring at which the fields of the intake were filled. */
  readonly intake: readonly number[]
}

const SEED = 20_261
const DAYS = 13
const AGENTS: readonly PersonKey[] = ['amara', 'jonas', 'priya']
/** Calls per hour of the day in UTC: the customers sit between California and South Australia, most of them in North America. */
const HOURS = [2, 2, 1, 1, 1, 1, 2, 4, 5, 5, 5, 5, 6, 9, 10, 10, 9, 9, 9, 8, 7, 6, 4, 3]

/** Two weeks of cases up to `now`, in the order in which they were opened. The same minute gives the same desk. */
export function sampleCases(now: Instant): readonly SampleCase[] {
  const draw = dice(SEED)
  const minute = now - (now % MINUTE)
  const history = [...SERVER_SCENARIOS, ...NETWORK_SCENARIOS, ...REQUEST_SCENARIOS].flatMap((scenario) =>
    scenario.hosts.map((host) => caseOf(scenario, host, openingOf(scenario, minute, draw), draw))
  )
  const open = OPEN_NOW.flatMap((scenario) =>
    scenario.hosts.map((host) => caseOf(scenario, host, minute - scenario.minutesAgo * MINUTE, draw))
  )
  return [...history, ...open].toSorted((a, b) => a.openedAt - b.openedAt)
}

function caseOf(scenario: Scenario, host: string, openedAt: number, draw: Dice): SampleCase {
  const [customerKey = '', item = null] = host.split('/')
  const customer = SAMPLE_CUSTOMERS.find(({ key }) => key === customerKey)
  if (!customer || (item !== null && !customer.items.some(([name]) => name === item))) throw new Error(`the sample desk has no ${host}`)
  const key = `${host}: ${scenario.subject}`
  const callers = customer.contacts.filter(([, , , rights]) => rights !== 'all')
  return {
    key,
    id: nameBasedId('sample', 'case', key) as CaseId,
    scenario,
    openedAt: openedAt as Instant,
    customer,
    contact: draw.pick(callers),
    item,
    agent: draw.pick(AGENTS),
    intake: [3_000 + draw.below(4_000), 9_000 + draw.below(6_000), 24_000 + draw.below(20_000), 50_000 + draw.below(15_000)]
  }
}

/** An instant of the last two weeks from which the scenario has come to its end an hour ago. */
function openingOf(scenario: Scenario, now: number, draw: Dice): number {
  const midnight = now - (now % DAY)
  const lasts = Math.max(...scenario.steps.map(({ at }) => at)) * MINUTE
  const at = midnight - (1 + draw.below(DAYS)) * DAY + hourOfDay(draw) * HOUR + draw.below(60) * MINUTE
  const latest = now - lasts - HOUR
  return at <= latest ? at : at - Math.ceil((at - latest) / DAY) * DAY
}

function hourOfDay(draw: Dice): number {
  let left = draw.below(HOURS.reduce((sum, weight) => sum + weight, 0))
  return HOURS.findIndex((weight) => (left -= weight) < 0)
}
