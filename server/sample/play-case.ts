import type { CaseState } from '#shared/domain/case/case.ts'
import { isMoreSevere } from '#shared/domain/case/severity.ts'
import type { Directory } from '#shared/domain/context.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import type { CommandId, ConsoleId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { after, HOUR, MINUTE } from '#shared/domain/instant.ts'
import { judge } from '#shared/domain/judge.ts'
import type { Fact, LoggedFact, RecordImage } from '#shared/domain/record.ts'
import { nameBasedId } from '../name-based-id.ts'
import type { PersonKey, QueueKey } from './people.ts'
import { contactId, customerId, itemId, personId, queueId } from './sample-directory.ts'
import type { SampleCase } from './sample-cases.ts'
import type { Doer, Step } from './scenario.ts'

const ENGINEERS: { readonly [Q in QueueKey]: readonly PersonKey[] } = {
  desk: [],
  cloud: ['tomas', 'wen'],
  network: ['wen', 'sofia'],
  security: ['sofia']
}
const CONSOLE = nameBasedId('sample', 'console') as ConsoleId
const INTAKE_FIELDS = ['customer', 'subject', 'description', 'severity']

/**
 * The facts of one sample case. Every step is a command that the desk's own rules accept at its instant; a step they refuse is a mistake
 * in the sample and throws.
 */
export function playCase(sample: SampleCase, number: string, directory: Directory): readonly LoggedFact[] {
  const logged: LoggedFact[] = []
  const ref = { kind: 'case', id: sample.id } as const
  let image: RecordImage | undefined
  let queue: QueueKey = sample.scenario.channel === 'phone' ? 'desk' : sample.scenario.queue
  let engineer: PersonKey = sample.agent

  const state = () => (image as RecordImage<'case'> | undefined)?.state ?? undefined
  const opened = (): CaseState => {
    const found = state()
    if (!found) throw new Error(`sample case ${sample.key} was never opened`)
    return found
  }
  const doer = (by: Doer): PersonKey => {
    if (by !== 'agent' && by !== 'engineer') return by
    if (queue === 'security') return 'sofia'
    return by === 'agent' ? sample.agent : engineer
  }
  const give = <T extends CommandType>(type: T, payload: PayloadOf<T>, at: Instant, by: Doer) => {
    const actor = directory.person(personId(doer(by)))
    if (!actor) throw new Error(`the sample desk has no ${by}`)
    const id = nameBasedId('sample', 'command', sample.key, String(logged.length)) as CommandId
    const command = {
      id,
      consoleId: CONSOLE,
      sequence: 1,
      actorId: actor.id,
      type,
      schema: 1,
      record: ref,
      payload,
      occurredAt: at,
      uncertainty: 0,
      decidedOn: 0
    }
    const context = {
      now: at,
      occurredAt: at,
      late: false,
      commandId: id,
      actor,
      directory,
      number: type === 'open' ? ({ standing: 'leased' } as const) : null
    }
    const decision = judge(command, state(), context)
    if (!decision.accepted)
      throw new Error(`sample case ${sample.key}: ${type} by ${actor.name} is refused: ${JSON.stringify(decision.refusal)}`)
    const facts = logFacts(decision.facts.map(asVerified), context)
    logged.push(...facts)
    image = evolve(ref, image, facts)
  }
  // No console can declare a caller verified; in a made-up past the verification simply was.
  const asVerified = (fact: Fact): Fact =>
    fact.type === 'caseOpened' && fact.channel === 'phone' ? { ...fact, verified: sample.scenario.verified } : fact
  const words = (text: string) => filled(text, sample)

  const openingBy = queue === 'security' ? 'sofia' : 'agent'
  give('open', openingPayload(sample, number, queue, directory), sample.openedAt, openingBy)
  for (const step of sample.scenario.steps) {
    const at = after(sample.openedAt, step.at * MINUTE)
    const now = opened()
    if (step.do === 'hand') {
      engineer = engineerFor(step.queue, sample)
      give('assign', { queueId: queueId(step.queue), assigneeId: personId(engineer), expectedAssigneeId: now.assigneeId }, at, step.by)
      queue = step.queue
    } else {
      applyStep(step, at, now, words, sample, give)
    }
  }
  return logged
}

type Give = <T extends CommandType>(type: T, payload: PayloadOf<T>, at: Instant, by: Doer) => void

function applyStep(
  step: Exclude<Step, { do: 'hand' }>,
  at: Instant,
  state: CaseState,
  words: (text: string) => string,
  sample: SampleCase,
  give: Give
): void {
  switch (step.do) {
    case 'acknowledge':
    case 'resume':
      return give(step.do, {}, at, step.by)
    case 'close':
      return give('close', { text: '', seenContactAt: state.lastContactAt }, at, step.by)
    case 'note':
      return give('note', { text: words(step.text) }, at, step.by)
    case 'update':
      return give('updateCustomer', { text: words(step.text), via: step.via }, at, step.by)
    case 'heard':
      return give(
        'recordContact',
        { text: words(step.text), via: step.via, contactId: contactId(sample.customer.key, sample.contact[0]) },
        at,
        step.by
      )
    case 'wait':
      return give('wait', { on: step.on, question: words(step.question), until: after(at, step.hours * HOUR) }, at, step.by)
    case 'severity':
      return isMoreSevere(step.to, state.severity)
        ? give('raiseSeverity', { to: step.to, reason: words(step.reason) }, at, step.by)
        : give('lowerSeverity', { from: state.severity, to: step.to, reason: words(step.reason) }, at, step.by)
    case 'resolve':
      return give('resolve', { code: step.code, text: words(step.text) }, at, step.by)
    case 'reopen':
      return give('reopen', { reason: words(step.reason) }, at, step.by)
  }
}

function openingPayload(sample: SampleCase, number: string, queue: QueueKey, directory: Directory): PayloadOf<'open'> {
  const { scenario, customer, contact } = sample
  const [name, , phones] = contact
  const byPhone = scenario.channel === 'phone'
  const policy = directory.policyFor(customer.plan, sample.openedAt)
  const target = policy?.targets.find(({ severity }) => severity === scenario.severity)
  if (!target) throw new Error(`no policy for ${customer.plan}`)
  return {
    number,
    channel: scenario.channel,
    customerId: customerId(customer.key),
    contactId: scenario.verified && scenario.channel !== 'alarm' && scenario.channel !== 'advisory' ? contactId(customer.key, name) : null,
    callerName: scenario.verified ? name : 'Gave only a first name: Glenn',
    callbackNumber: byPhone ? (scenario.verified ? (phones[0] ?? null) : '+12025550155') : null,
    itemId: sample.item ? itemId(customer.key, sample.item) : null,
    subject: filled(scenario.subject, sample),
    description: filled(scenario.description, sample),
    impact: scenario.impact,
    urgency: scenario.urgency,
    severity: scenario.severity,
    queueId: queueId(queue),
    assigneeId: byPhone ? personId(sample.agent) : null,
    verified: false,
    readBack: byPhone ? { nextStep: scenario.next, nextUpdateAt: after(sample.openedAt, target.updateMinutes * MINUTE) } : null,
    steps: byPhone ? INTAKE_FIELDS.map((field, index) => ({ field, at: sample.intake[index] ?? 0 })) : []
  }
}

/** Which of a team's engineers takes it follows from the case itself, so that the same case always goes to the same person. */
function engineerFor(queue: QueueKey, sample: SampleCase): PersonKey {
  const team = ENGINEERS[queue]
  return team[(sample.intake[0] ?? 0) % Math.max(1, team.length)] ?? sample.agent
}

function filled(text: string, { item, contact, customer }: SampleCase): string {
  return text
    .replaceAll('{item}', item ?? customer.name)
    .replaceAll('{who}', contact[0])
    .replaceAll('{customer}', customer.name)
}
