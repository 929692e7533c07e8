import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseState } from '#shared/domain/case/case.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import { LIFECYCLE } from '#shared/domain/case/lifecycle.ts'
import type { Move } from '#shared/domain/case/lifecycle.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import { Command } from '#shared/domain/command.ts'
import type { Context } from '#shared/domain/context.ts'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { judge, references } from '#shared/domain/judge.ts'
import type { LoggedFact, RecordImage } from '#shared/domain/record.ts'
import { RefusalCode } from '#shared/domain/refusal.ts'
import { nextDue, readClocks } from '#shared/domain/sla/clocks.ts'
import { standingSeverity, standingWait } from '#shared/domain/sla/standing.ts'
import { CASE_ID, logged, makeCommand, makeContext, makeDesk, makeDirectory, makeIntake, makeResolvePolicy, minute } from '#test/make.ts'
import { severities } from './sla/marks.ts'

const numRuns = Number(process.env['RINGDOWN_PROPERTY_RUNS'] ?? 500)
const desk = makeDesk({ policy: makeResolvePolicy() })
const ref = { kind: 'case', id: CASE_ID } as const

type Given = { readonly [T in CommandType]: { readonly type: T; readonly payload: PayloadOf<T> } }[CommandType]

const texts = fc.constantFrom('', ' ', 'a line', 'two\nlines')
const contactChannels = fc.constantFrom('phone', 'email', 'portal')
const instants = fc.integer({ min: 0, max: 20_000 }).map(minute)
const contacts = fc.constantFrom(null, desk.contact.id, desk.otherContact.id)
const items = fc.constantFrom(null, desk.item.id, desk.otherItem.id)
const people = fc.constantFrom(null, desk.agent.id, desk.engineer.id, desk.wall.id)
const queues = fc.constantFrom(desk.queue.id, desk.security.id)
const levels = fc.constantFrom(null, 'high', 'medium', 'low')
const details = { contactId: contacts, itemId: items, subject: texts, impact: levels, urgency: levels }

/** Any command on a case, sensible or not. */
const given = fc.oneof(
  fc.record({ type: fc.constant('acknowledge'), payload: fc.constant({}) }),
  fc.record({ type: fc.constant('assign'), payload: fc.record({ queueId: queues, assigneeId: people, expectedAssigneeId: people }) }),
  fc.record({ type: fc.constant('note'), payload: fc.record({ text: texts }) }),
  fc.record({ type: fc.constant('updateCustomer'), payload: fc.record({ text: texts, via: contactChannels }) }),
  fc.record({ type: fc.constant('recordContact'), payload: fc.record({ text: texts, via: contactChannels, contactId: contacts }) }),
  fc.record({ type: fc.constant('readBack'), payload: fc.record({ nextStep: texts, nextUpdateAt: fc.option(instants) }) }),
  fc.record({ type: fc.constant('raiseSeverity'), payload: fc.record({ to: severities, reason: texts }) }),
  fc.record({ type: fc.constant('lowerSeverity'), payload: fc.record({ from: severities, to: severities, reason: texts }) }),
  fc.record({
    type: fc.constant('wait'),
    payload: fc.record({ on: fc.constantFrom('customer', 'vendor', 'problem', 'evidence'), question: texts, until: fc.option(instants) })
  }),
  fc.record({ type: fc.constant('resume'), payload: fc.constant({}) }),
  fc.record({ type: fc.constant('resolve'), payload: fc.record({ code: fc.constantFrom('fixed', 'duplicate', 'imported'), text: texts }) }),
  fc.record({ type: fc.constant('close'), payload: fc.record({ text: texts, seenContactAt: fc.option(instants) }) }),
  fc.record({ type: fc.constant('reopen'), payload: fc.record({ reason: texts }) }),
  fc.record({
    type: fc.constant('correctDetails'),
    payload: fc.record({ ...details, seen: fc.option(fc.record(details), { nil: undefined }) })
  })
) as fc.Arbitrary<Exclude<Given, { type: 'open' }>>

/** Commands of several people, each a while after the one before, some of them recorded late. */
const history = fc.array(
  fc.record({
    given,
    after: fc.integer({ min: 0, max: 400 }),
    late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 600 }) }),
    actor: fc.constantFrom(desk.agent, desk.engineer, desk.lead)
  }),
  { maxLength: 30 }
)
type History = typeof history extends fc.Arbitrary<infer H> ? H : never

type Seen = {
  readonly command: Command
  readonly context: Context
  readonly before: CaseState
  readonly after: CaseState
  readonly accepted: boolean
}

/** Lives a history and shows every step; a refusal leaves the case as it was. */
function live(
  severity: 1 | 2 | 3 | 4 | 5,
  steps: History
): { readonly seen: readonly Seen[]; readonly log: readonly LoggedFact[]; readonly image: RecordImage } {
  const opening = makeContext(desk)
  const opened = judge(
    makeCommand('open', CASE_ID, makeIntake(desk, { severity, channel: 'portal', assigneeId: null }), opening),
    undefined,
    opening
  )
  if (!opened.accepted) throw new Error(JSON.stringify(opened))
  const log: LoggedFact[] = [...logFacts(opened.facts, opening)]
  let image = evolve(ref, undefined, log)
  let now = 0
  const seen: Seen[] = []
  for (const { given: wanted, after, late, actor } of steps) {
    now += after
    const context = makeContext(desk, { now: minute(now), occurredAt: minute(Math.max(0, now - late)), late: late > 0, actor })
    const command = makeCommand(wanted.type, CASE_ID, wanted.payload, context)
    const before = image.state as CaseState
    const decision = judge(command, before, context)
    if (decision.accepted && decision.facts.length > 0) {
      const facts = logFacts(decision.facts, context)
      log.push(...facts)
      image = evolve(ref, image, facts)
    }
    seen.push({ command, context, before, after: image.state as CaseState, accepted: decision.accepted })
  }
  return { seen, log, image }
}

describe('any history of commands', { timeout: 300_000 }, () => {
  it('[CASE-17] [CASE-9] is decided and folded, and moves only along the lifecycle table', () => {
    fc.assert(
      fc.property(severities, history, (severity, steps) => {
        for (const { command, context, before, after, accepted } of live(severity, steps).seen) {
          if (!accepted) expect(after).toEqual(before)
          else {
            const next: readonly string[] | string = LIFECYCLE[before.status][command.type as Move]
            // A fact that arrives after the case has ended is recorded and moves nothing.
            if (typeof next === 'string') expect([after.status, context.late]).toEqual([before.status, true])
            else expect(next).toContain(after.status)
          }
        }
      }),
      { numRuns }
    )
  })

  it('[SLA-11] leaves status, wait, severity and cycle as its marks tell them', () => {
    fc.assert(
      fc.property(severities, history, (severity, steps) => {
        for (const { after: state } of live(severity, steps).seen) {
          expect(state.severity).toBe(standingSeverity(state.marks))
          const wait = isOpen(state.status) ? standingWait(state.marks) : null
          expect(state.waiting && { since: state.waiting.since, on: state.waiting.on, until: state.waiting.until }).toEqual(
            wait && { since: wait.at, on: wait.on, until: wait.until }
          )
          expect(state.status === 'waiting').toBe(state.waiting !== null)
          expect(state.cycle).toBe(1 + state.marks.filter((mark) => mark.m === 'reopened').length)
          expect(state.reopenCount).toBe(state.cycle - 1)
          expect(state.marks).toEqual(state.marks.toSorted((a, b) => a.at - b.at))
          expect(state.acknowledgedAt).toBe(state.marks.find((mark) => mark.m === 'acknowledged')?.at ?? null)
        }
      }),
      { numRuns }
    )
  })

  it('[SLA-20] [SLA-25] has a next deadline exactly while the case is open', () => {
    fc.assert(
      fc.property(severities, history, (severity, steps) => {
        for (const { after: state, context } of live(severity, steps).seen) {
          expect(nextDue(state.marks, desk.policy) !== null).toBe(isOpen(state.status))
          const cycles = readClocks(state.marks, desk.policy, context.now).map((reading) => reading.cycle)
          expect(Math.max(...cycles)).toBe(state.cycle)
        }
      }),
      { numRuns }
    )
  })

  it('[CASE-17] folds to the same case in one go as step by step', () => {
    fc.assert(
      fc.property(severities, history, (severity, steps) => {
        const { log, image } = live(severity, steps)
        expect(evolve(ref, undefined, log).state).toEqual(image.state)
      }),
      { numRuns }
    )
  })

  it('[SLA-5] is read the same however the log is cut, and folds to what is stored as JSON', () => {
    fc.assert(
      fc.property(severities, history, fc.nat(40), (severity, steps, cut) => {
        const { log, image } = live(severity, steps)
        const first = evolve(ref, undefined, log.slice(0, 1 + cut))
        const stored = JSON.parse(JSON.stringify(first)) as RecordImage
        expect(log.slice(1 + cut).length === 0 ? stored.state : evolve(ref, stored, log.slice(1 + cut)).state).toEqual(image.state)
      }),
      { numRuns }
    )
  })

  it('decides with nothing but the records that it says it reads', () => {
    fc.assert(
      fc.property(severities, history, (severity, steps) => {
        for (const { command, context, before } of live(severity, steps).seen) {
          const read = references(command, before)
          const only = <T extends { readonly id: string }>(kind: string, rows: readonly T[]) =>
            rows.filter((row) => read.some((reference) => reference.kind === kind && reference.id === row.id))
          const narrow = makeDirectory({
            queue: only('queue', desk.records.queue),
            person: only('person', desk.records.person),
            customer: only('customer', desk.records.customer),
            contact: only('contact', desk.records.contact),
            item: only('item', desk.records.item),
            policy: only('policy', desk.records.policy)
          })
          expect(judge(command, before, { ...context, directory: narrow })).toEqual(judge(command, before, context))
        }
      }),
      { numRuns }
    )
  })
})

describe('any envelope', { timeout: 300_000 }, () => {
  const envelope = fc.record({
    type: fc.oneof(fc.constantFrom(...Object.keys(COMMANDS), 'toString', 'constructor'), fc.stringMatching(/^[A-Za-z]{1,20}$/)),
    payload: fc.dictionary(fc.string(), fc.jsonValue()),
    kind: fc.constantFrom('case', 'customer', 'contact', 'item', 'person', 'queue', 'policy'),
    id: fc.constantFrom(CASE_ID, desk.customer.id, 'managed-os/9', 'x'),
    known: fc.boolean()
  })

  it('[CASE-17] is answered with a decision and never throws', () => {
    const { image } = live(3, [])
    fc.assert(
      fc.property(envelope, ({ type, payload, kind, id, known }) => {
        const context = makeContext(desk, { actor: desk.admin })
        const command = Command.parse({ ...makeCommand('note', CASE_ID, { text: 'x' }, context), type, payload, record: { kind, id } })
        const decision = judge(command, known && kind === 'case' ? (image.state ?? undefined) : undefined, context)
        if (decision.accepted) evolve({ kind: command.record.kind, id }, known ? image : undefined, logFacts(decision.facts, context))
        else expect(RefusalCode.options).toContain(decision.refusal.code)
      }),
      { numRuns: numRuns * 2 }
    )
  })

  it('[CASE-15] holds no text that PostgreSQL cannot store once it was parsed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), (payload) => {
        const { payload: parsed } = Command.parse({
          ...makeCommand('note', CASE_ID, { text: 'x' }, makeContext(desk)),
          payload: { ...payload, lone: 'a\ud800b\0' }
        })
        const json = JSON.stringify(parsed)
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/)
        expect(parsed['lone']).toBe('a\ufffdb')
      }),
      { numRuns }
    )
  })
})

describe('late facts', { timeout: 300_000 }, () => {
  const ordered = (fact: CaseFact) => fc.record({ fact: fc.constant(fact), at: fc.integer({ min: 1, max: 100_000 }) })
  const facts = fc.uniqueArray(
    fc.oneof(
      ordered({ type: 'caseAcknowledged' }),
      ordered({ type: 'customerUpdated', text: 'x', via: 'email' }),
      ordered({ type: 'customerContacted', text: 'x', via: 'email', contactId: null }),
      ordered({ type: 'readBackGiven', nextStep: 'x', nextUpdateAt: null }),
      ordered({ type: 'noteAdded', text: 'x' }),
      severities.chain((to) => ordered({ type: 'severityLowered', from: 1, to, reason: 'x' })),
      fc
        .integer({ min: 1, max: 100_000 })
        .chain((until) => ordered({ type: 'waitStarted', on: 'customer', question: 'x', until: (until + 1) as Instant })),
      ordered({ type: 'waitEnded', because: 'resumed' })
    ),
    { selector: ({ at }) => at, maxLength: 12 }
  )

  it('[SLA-11] fold to the same marks, severity, wait and acknowledgement in any order of arrival', () => {
    fc.assert(
      fc.property(facts, fc.array(fc.nat(), { maxLength: 12 }), (given_, order) => {
        const opened = live(3, []).image
        const shuffled = given_.map((entry, index) => ({ ...entry, key: order[index] ?? 0 })).toSorted((a, b) => a.key - b.key)
        const fold = (entries: typeof given_) =>
          evolve(
            ref,
            opened,
            entries.map(({ fact, at }) => logged(desk, fact, at / 1000, { recordedAt: minute(1000) }))
          ).state
        expect(fold(shuffled)).toEqual(fold(given_.toSorted((a, b) => a.at - b.at)))
      }),
      { numRuns: numRuns * 2 }
    )
  })
})
