import { nameBasedId } from '#server/name-based-id.ts'
import { dice } from '#server/sample/dice.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import type { CaseId, CommandId, PersonId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { DAY, MINUTE } from '#shared/domain/instant.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import type { GeneratedCustomer, GeneratedDirectory } from './directory.ts'
import type { Template } from './templates.ts'
import { THINGS, TROUBLES } from './words.ts'

export type GeneratedCase = { readonly id: CaseId; readonly logged: readonly LoggedFact<CaseFact>[] }

type Wanted = {
  readonly cases: number
  readonly seed: number
  /** No fact lies after it; histories that would go on stay open. */
  readonly now: Instant
  /** The cases are opened over this many days before `now`. */
  readonly days: number
  readonly directory: GeneratedDirectory
  readonly templates: readonly Template[]
  readonly policyFor: (plan: GeneratedCustomer['customer']['plan']) => Policy
  readonly numberAt: (index: number) => string
}

/**
 * Cases whose courses are those of real incidents, moved in time and given to made-up customers and people: severities, waits,
 * hand-overs, re-openings and durations keep their real proportions. Lines of the export that say only that somebody
 * touched the incident become notes and customer updates. The same wish gives the same cases, one at a time.
 */
export function* generatedCases(wanted: Wanted, from = 0): Generator<GeneratedCase> {
  for (let index = from; index < wanted.cases; index += 1) yield generatedCase(index, wanted)
}

function generatedCase(index: number, wanted: Wanted): GeneratedCase {
  const { seed, now, days, directory, templates } = wanted
  const draw = dice(seed * 1_000_003 + index)
  const id = nameBasedId('generated', String(seed), 'case', String(index)) as CaseId
  const template = draw.pick(templates)
  // Busier customers first, as on a real desk: the square pulls towards the front of the list.
  const place = Math.floor((draw.below(1_000) / 1_000) ** 2 * directory.customers.length)
  const host = directory.customers[place] ?? draw.pick(directory.customers)
  const contact = draw.pick(host.contacts)
  const item = draw.below(10) < 7 ? draw.pick(host.items) : null
  const openedAt = now - Math.floor(((wanted.cases - index) / wanted.cases) * days * DAY) + draw.below(MINUTE)
  const offset = draw.below(directory.people.length)
  const someone = (key: string): PersonId => {
    const person = directory.people[(numeric(key) + offset) % directory.people.length]
    return person?.id ?? (key as PersonId)
  }
  const queueOf = (key: string) => directory.queues[(numeric(key) + offset) % directory.queues.length]?.id
  const subject = `${item?.name ?? draw.pick(THINGS)} ${draw.pick(TROUBLES)}`
  let touched = 0
  let ended = false

  const translated = (fact: CaseFact, at: number): CaseFact | null => {
    switch (fact.type) {
      case 'caseOpened': {
        const queueId = queueOf(fact.queueId) ?? fact.queueId
        return {
          ...fact,
          number: wanted.numberAt(index),
          customerId: host.customer.id,
          contactId: contact.id,
          callerName: contact.name,
          callbackNumber: contact.phones[0] ?? null,
          itemId: item?.id ?? null,
          subject,
          description: `${subject}. Reported by ${contact.name} of ${host.customer.name}.`,
          queueId,
          assigneeId: fact.assigneeId === null ? null : someone(fact.assigneeId),
          verified: draw.below(10) < 9,
          policyId: wanted.policyFor(host.customer.plan).id,
          source: null
        }
      }
      case 'caseAssigned':
        return {
          ...fact,
          queueId: queueOf(fact.queueId) ?? fact.queueId,
          assigneeId: fact.assigneeId === null ? null : someone(fact.assigneeId)
        }
      case 'waitStarted':
        return { ...fact, question: draw.pick(TROUBLES), until: (at + 2 * DAY) as Instant }
      case 'caseResolved':
        return { ...fact, code: 'fixed', text: `Settled: ${subject}.` }
      case 'exportLineRecorded':
        if (ended) return null
        touched += 1
        if (touched % 3 === 1) return { type: 'customerUpdated', text: `We are looking at it: ${draw.pick(TROUBLES)}.`, via: 'phone' }
        return touched % 3 === 2 ? { type: 'noteAdded', text: `Checked, ${draw.pick(THINGS)} is not concerned.` } : null
      case 'detailsCorrected':
        return null
      default:
        return fact
    }
  }

  const logged: LoggedFact<CaseFact>[] = []
  for (const [step, { after, actorId, fact }] of template.entries()) {
    const at = openedAt + after
    if (at > now) break
    ended = fact.type === 'caseResolved' || fact.type === 'caseClosed' || (ended && fact.type !== 'caseReopened')
    const told = translated(fact, at)
    const commandId = nameBasedId('generated', id, String(step)) as CommandId
    if (told)
      logged.push({ fact: told, occurredAt: at as Instant, recordedAt: at as Instant, actorId: someone(actorId), commandId, late: false })
  }
  return { id, logged }
}

/** A number from an identifier, for choosing by it. */
function numeric(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16)
}
