import type { Command } from '#shared/domain/command.ts'
import type { Directory } from '#shared/domain/context.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { judge } from '#shared/domain/judge.ts'
import { scopeKey } from '#shared/domain/permission/scope.ts'
import type { LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import type { ChangesPage, FeedEntry } from '#shared/protocol/changes.ts'
import type { Cursor, Hello, Lease, Welcome } from '#shared/protocol/hello.ts'
import type { Problem } from '#shared/protocol/problem.ts'
import type { Answer, Push, PushReply } from '#shared/protocol/push.ts'
import type { SnapshotLine } from '#shared/protocol/snapshot.ts'
import { boardDirectory } from '#renderer/sync/engine/board-directory.ts'
import type { TestDesk } from '#test/make.ts'

type Logged = { readonly entry: Extract<FeedEntry, { readonly facts: readonly LoggedFact[] }>; readonly image: RecordImage }

const LEASED = 20

/**
 * The other end of the wire for tests of the engine: the desk's own rules over a log in memory, spoken to in protocol messages. It answers
 * when it is asked to and not before, so that a test decides what gets lost. The real server is tested with the real engine elsewhere.
 */
export class TinyDesk {
  readonly deskId: string = 'desk-1'
  epoch = 1
  log: readonly Logged[] = []
  images = new Map<string, RecordImage>()
  answers = new Map<string, Answer>()
  lastSequence = new Map<string, number>()
  nextNumber = 10_000
  serverNow: () => number
  people: readonly Person[]
  readonly directory: Directory

  constructor(desk: TestDesk, serverNow: () => number) {
    this.serverNow = serverNow
    this.people = desk.records.person
    this.directory = boardDirectory(
      (kind, id) => (this.images.get(`${kind}:${id}`)?.state ?? undefined) as never,
      () => [desk.policy]
    )
    for (const [kind, records] of Object.entries(desk.records)) {
      for (const state of records) this.images.set(`${kind}:${state.id}`, { kind, id: state.id, version: 1, state } as RecordImage)
    }
  }

  get head(): Cursor {
    return { epoch: this.epoch, revision: this.log.length }
  }

  welcome(hello: Hello, me: Person): Welcome {
    const current = hello.cursor !== null && hello.cursor.epoch <= this.epoch && hello.cursor.revision <= this.log.length
    const inScope = hello.scope === scopeKey(me)
    const reason = hello.cursor === null ? 'noReplica' : !inScope ? 'scopeChanged' : current ? 'current' : 'epochEnded'
    return {
      serverTime: this.now(),
      serverVersion: '0.1.0',
      deskId: this.deskId,
      me,
      scope: scopeKey(me),
      cursor: this.head,
      resume: reason === 'current' ? 'tail' : 'snapshot',
      reason,
      lastSequence: this.lastSequence.get(hello.consoleId) ?? 0,
      leases: hello.numbersLeft < 8 ? [this.lease()] : [],
      reconnectSpread: 0
    }
  }

  lease(): Lease {
    const from = this.nextNumber
    this.nextNumber += LEASED
    return { from, to: from + LEASED - 1 }
  }

  push(push: Push, me: Person): PushReply | Problem {
    const consoleId = push.commands[0]?.consoleId ?? ''
    let last = this.lastSequence.get(consoleId) ?? 0
    const answers: Answer[] = []
    let expected: number | null = null
    for (const command of push.commands) {
      if (command.payload['poison'] === true) return { code: 'badRequest', message: 'it cannot be read', retryAfter: null }
      if (command.sequence > last + 1) {
        expected = last + 1
        break
      }
      const answer = this.answers.get(command.id) ?? this.decide(command, me)
      this.answers.set(command.id, answer)
      answers.push({ ...answer, sequence: command.sequence })
      last = Math.max(last, command.sequence)
    }
    this.lastSequence.set(consoleId, last)
    return { answers, lastSequence: last, expected }
  }

  /** What the log holds after a cursor, as one page. */
  page(after: Cursor, to = this.log.length): ChangesPage {
    const logged = this.log.slice(after.revision, to)
    const images = new Map(logged.map(({ image }) => [`${image.kind}:${image.id}`, image]))
    return {
      after,
      to: { epoch: this.epoch, revision: Math.max(to, after.revision) },
      head: this.log.length,
      entries: logged.map(({ entry }) => entry),
      images: [...images.values()]
    }
  }

  snapshot(me: Person): readonly SnapshotLine[] {
    const images = [...this.images.values()]
    const directory = images.filter(({ kind }) => kind !== 'case')
    const cases = images.filter(({ kind }) => kind === 'case')
    return [
      { type: 'begin', cursor: this.head, scope: scopeKey(me), replicaSchema: 1, records: images.length },
      { type: 'chunk', kind: 'person', images: directory, resume: 'after-directory' },
      ...(cases.length > 0 ? [{ type: 'chunk' as const, kind: 'case' as const, images: cases, resume: 'after-cases' }] : []),
      { type: 'end', records: images.length }
    ]
  }

  /** Somebody else's command, straight into the log. */
  elsewhere(command: Command, me: Person): Answer {
    const answer = this.decide(command, me)
    this.answers.set(command.id, answer)
    return answer
  }

  private now(): Instant {
    return Math.round(this.serverNow()) as Instant
  }

  private decide(command: Command, me: Person): Answer {
    const key = keyOf(command.record)
    const image = this.images.get(key)
    const now = this.now()
    const number = typeof command.payload['number'] === 'string' ? ({ standing: 'leased' } as const) : null
    const context = {
      now,
      occurredAt: command.occurredAt,
      late: false,
      commandId: command.id,
      actor: me,
      directory: this.directory,
      number
    }
    const decision = judge(command, image?.state ?? undefined, context)
    if (!decision.accepted) {
      return {
        outcome: 'refused',
        id: command.id,
        sequence: command.sequence,
        revision: this.log.length,
        refusal: decision.refusal,
        overtakenBy: null
      }
    }
    if (decision.facts.length > 0) {
      const facts = logFacts(decision.facts, context)
      const next = evolve(command.record, image, facts)
      this.images.set(key, next)
      const entry = {
        revision: this.log.length + 1,
        kind: next.kind,
        id: next.id,
        version: next.version,
        commandId: command.id,
        consoleId: command.consoleId,
        facts
      }
      this.log = [...this.log, { entry, image: next }]
    }
    return { outcome: 'accepted', id: command.id, sequence: command.sequence, revision: this.log.length, number: null }
  }

  /** A copy to go back to: what a backup holds. */
  backup(): () => void {
    const { log } = this
    const images = new Map(this.images)
    const answers = new Map(this.answers)
    const lastSequence = new Map(this.lastSequence)
    return () => {
      this.log = log
      this.images = new Map(images)
      this.answers = new Map(answers)
      this.lastSequence = new Map(lastSequence)
      this.epoch += 1
      this.nextNumber += 10_000
    }
  }
}

function keyOf(ref: RecordRef): string {
  return `${ref.kind}:${ref.id}`
}
