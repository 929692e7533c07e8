import type { Command } from '#shared/domain/command.ts'
import type { Context, Directory, NumberStanding } from '#shared/domain/context.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { judge } from '#shared/domain/judge.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import type { Batch, NewAnswer, NewEntry } from '#server/desk-store.ts'
import type { Ledger } from './ledger.ts'
import { difference, same } from './same.ts'
import { recordKey } from './store/contents.ts'
import { Violation } from './violation.ts'

/**
 * Judges every command once more at the moment of its commit, on the desk as it really was just then: what the server decided on must
 * have been the present, whoever else was writing.
 */
export class Judged {
  private desk = new Map<string, RecordImage>()
  private readonly ledger: Ledger
  private readonly report: (violation: Violation) => void

  constructor(ledger: Ledger, report: (violation: Violation) => void) {
    this.ledger = ledger
    this.report = report
  }

  restart(records: ReadonlyMap<string, RecordImage>): void {
    this.desk = new Map(records)
  }

  commit(batch: Batch): void {
    let taken = 0
    for (const answer of batch.answers) {
      const own = answer.body.outcome === 'accepted' ? batch.entries[answer.offset - 1] : undefined
      const entry = own?.commandId === answer.commandId ? own : undefined
      while (taken < answer.offset - (entry ? 1 : 0)) this.take(batch.entries[taken++])
      this.check(answer, entry)
      if (entry) this.take(batch.entries[taken++])
    }
    while (taken < batch.entries.length) this.take(batch.entries[taken++])
  }

  private take(entry: NewEntry | undefined): void {
    if (entry) this.desk.set(recordKey(entry), entry.image)
  }

  private check(answer: NewAnswer, entry: NewEntry | undefined): void {
    const command = this.ledger.given.get(answer.commandId)?.command
    const first = entry?.facts[0]
    const directory = this.directory()
    const actor = command && directory.person(command.actorId)
    if (!first || !actor) return
    const context: Context = {
      now: first.recordedAt,
      occurredAt: first.occurredAt,
      late: first.late,
      commandId: command.id,
      actor,
      directory,
      number: numberStanding(command, entry)
    }
    const decision = judge(command, this.desk.get(recordKey(command.record))?.state ?? undefined, context)
    const facts = entry.facts.map((logged) => logged.fact)
    const name = `${command.type} ${command.id}`
    if (!decision.accepted)
      this.report(new Violation('judgedOnPresent', `${name} was accepted and the present desk refuses it (${decision.refusal.code})`))
    else if (!same(decision.facts, facts))
      this.report(
        new Violation('judgedOnPresent', `${name} has other facts than the present desk gives: ${difference(facts, decision.facts)}`)
      )
  }

  private directory(): Directory {
    const find = (kind: string) => (id: string) => this.desk.get(`${kind}:${id}`)?.state ?? undefined
    const all = [...this.desk.values()]
    const policies = all.flatMap((image) => (image.kind === 'policy' && image.state ? [image.state] : []))
    return {
      customer: find('customer'),
      contact: find('contact'),
      item: find('item'),
      person: find('person'),
      queue: find('queue'),
      policy: find('policy'),
      policyFor: (plan: Policy['plan'], at: Instant) =>
        policies
          .filter((policy) => policy.plan === plan && policy.effectiveFrom <= at)
          .toSorted((a, b) => b.effectiveFrom - a.effectiveFrom)[0],
      lastAdmin: (id: string) => all.every((image) => image.kind !== 'person' || !isAdmin(image.state) || image.id === id),
      openCases: ({ id }) =>
        all.filter(
          (image) =>
            image.kind === 'case' &&
            image.state &&
            isOpen(image.state.status) &&
            [image.state.customerId, image.state.queueId, image.state.assigneeId].some((one) => one === id)
        ).length
    } as Directory
  }
}

function isAdmin(person: Person | null): boolean {
  return person?.role === 'admin' && person.active
}

function numberStanding(command: Command, entry: NewEntry | undefined): NumberStanding | null {
  const asked = command.payload['number']
  if (typeof asked !== 'string') return null
  const fact = entry?.facts[0]?.fact
  const given = fact?.type === 'caseOpened' ? fact.number : asked
  return given === asked ? { standing: 'leased' } : { standing: 'provisional', replacement: given }
}
