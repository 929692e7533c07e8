import type { Command } from '#shared/domain/command.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import type { Directory } from '#shared/domain/context.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { CommandId, ConsoleId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { judge } from '#shared/domain/judge.ts'
import type { LoggedFact, RecordImage, RecordKind, StateOf } from '#shared/domain/record.ts'
import type { Presence, PresenceReport } from '#shared/protocol/presence.ts'
import type { Attention, BoardChange, CaseTimeline, Draft, EngineClient, EngineState, Submitted } from '#renderer/sync/engine-api.ts'
import { newId } from '#renderer/store/new-id.ts'

type Options = {
  readonly me: Person | null
  readonly images: readonly RecordImage[]
  readonly history?: ReadonlyMap<string, readonly LoggedFact[]>
  readonly now: () => Instant
  readonly state?: Partial<EngineState>
  readonly drafts?: readonly Draft[]
}

/** An EngineClient in memory around the real judge and evolve, and the means to play the other people of the desk. */
export type MadeClient = EngineClient & {
  readonly patch: (state: Partial<EngineState>) => void
  /** Somebody else's command, decided and shown as if it had come from the server. */
  readonly asOther: <T extends CommandType>(person: Person, type: T, recordId: string, payload: PayloadOf<T>) => void
  readonly showPresence: (presences: readonly Presence[]) => void
  readonly image: <K extends RecordKind>(kind: K, id: string) => StateOf[K] | undefined
  readonly reported: readonly PresenceReport[]
  readonly savedDrafts: ReadonlyMap<string, Draft>
  readonly submitted: readonly { readonly type: string; readonly recordId: string; readonly payload: unknown }[]
}

export function makeClient({ me, images, history = new Map(), now, state: patch = {}, drafts = [] }: Options): MadeClient {
  let state: EngineState = {
    lock: { state: 'open' },
    me,
    connection: me ? { state: 'live', since: now(), pending: 0 } : { state: 'signedOut', problem: null },
    clock: { offset: 0, uncertainty: 4 },
    numbersLeft: 18,
    attention: [],
    waitingForOthers: [],
    storage: null,
    desk: null,
    ...patch
  } as EngineState
  const records = new Map<string, RecordImage>(images.map((image) => [`${image.kind}:${image.id}`, image]))
  const lines = new Map<string, LoggedFact[]>([...history].map(([id, facts]) => [id, [...facts]]))
  const kept = new Map<string, Draft>(drafts.map((draft) => [draft.id, draft]))
  const stateListeners = new Set<(state: EngineState) => void>()
  const boardListeners = new Set<(change: BoardChange) => void>()
  const presenceListeners = new Set<(presences: readonly Presence[]) => void>()
  const timelineListeners = new Map<string, Set<(timeline: CaseTimeline) => void>>()
  const reported: PresenceReport[] = []
  const submitted: { type: string; recordId: string; payload: unknown }[] = []
  let serial = 10_450

  const find = <K extends RecordKind>(kind: K, id: string) => (records.get(`${kind}:${id}`)?.state ?? undefined) as StateOf[K] | undefined
  const directory: Directory = {
    customer: (id) => find('customer', id),
    contact: (id) => find('contact', id),
    item: (id) => find('item', id),
    person: (id) => find('person', id),
    queue: (id) => find('queue', id),
    policy: (id) => find('policy', id),
    policyFor: (plan) =>
      [...records.values()].flatMap((record) => (record.kind === 'policy' && record.state?.plan === plan ? [record.state] : []))[0]
  }
  const setState = (change: Partial<EngineState>) => {
    state = { ...state, ...change }
    for (const listener of stateListeners) listener(state)
  }
  const timelineOf = (caseId: string): CaseTimeline => ({
    caseId,
    state: 'complete',
    lines: (lines.get(caseId) ?? []).map((line, index) => ({ ...line, standing: 'confirmed' as const, revision: index + 1 }))
  })

  const decide = (actor: Person, type: CommandType, recordId: string, payload: object): Submitted => {
    const commandId = newId(now()) as CommandId
    const record = { kind: COMMANDS[type].kind, id: recordId }
    const command: Command = {
      id: commandId,
      consoleId: newId(now()) as ConsoleId,
      sequence: 1,
      actorId: actor.id,
      type,
      schema: 1,
      record,
      payload: payload as Command['payload'],
      occurredAt: now(),
      uncertainty: 0,
      decidedOn: 0
    }
    const key = `${record.kind}:${record.id}`
    const image = records.get(key)
    const context = { now: now(), occurredAt: now(), late: false, commandId, actor, directory, number: { standing: 'leased' as const } }
    const decision = judge(command, image?.state ?? undefined, context)
    if (!decision.accepted) return decision
    const logged = logFacts(decision.facts, context)
    if (logged.length > 0) {
      const next = evolve(record, image, logged)
      records.set(key, next)
      lines.set(recordId, [...(lines.get(recordId) ?? []), ...logged])
      for (const listener of boardListeners) listener({ kind: 'changed', records: [{ ...next, pending: 0 }], gone: [], complete: true })
      for (const listener of timelineListeners.get(recordId) ?? []) listener(timelineOf(recordId))
    }
    return {
      accepted: true,
      commandId,
      record,
      saved: Promise.resolve(),
      confirmed: Promise.resolve({ outcome: 'accepted', id: commandId, sequence: 1, revision: 1, number: null })
    }
  }

  return {
    state: () => state,
    onState: (listener) => {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    onBoard: (listener) => {
      boardListeners.add(listener)
      listener({ kind: 'reset', records: [...records.values()].map((record) => ({ ...record, pending: 0 })), complete: true })
      return () => boardListeners.delete(listener)
    },
    onPresence: (listener) => {
      presenceListeners.add(listener)
      return () => presenceListeners.delete(listener)
    },
    unlock: (passphrase) => {
      if (passphrase === 'wrong-passphrase') return Promise.resolve({ ok: false, problem: 'That is not the passphrase of this computer.' })
      setState({ lock: { state: 'open' } })
      return Promise.resolve({ ok: true })
    },
    signIn: (name, password) => {
      const account = state.desk?.sampleAccounts.find((known) => known.name === name && known.password === password)
      const person = [...records.values()].find((record) => record.kind === 'person' && record.state?.name === account?.person)
      if (person?.kind !== 'person' || !person.state) return Promise.resolve({ ok: false, problem: 'Name or password is wrong.' })
      setState({ me: person.state, connection: { state: 'live', since: now(), pending: 0 } })
      return Promise.resolve({ ok: true })
    },
    signOut: () => {
      setState({ me: null, connection: { state: 'signedOut', problem: null } })
      return Promise.resolve()
    },
    submit: (type, recordId, payload) => {
      submitted.push({ type, recordId, payload })
      return Promise.resolve(
        state.me ? decide(state.me, type, recordId, payload as object) : { accepted: false, refusal: { code: 'notSignedIn', detail: {} } }
      )
    },
    takeNumber: () => Promise.resolve({ number: caseNumberOf(++serial), provisional: false }),
    watchTimeline: (caseId, listener) => {
      const listeners = timelineListeners.get(caseId) ?? new Set()
      timelineListeners.set(caseId, listeners.add(listener))
      listener(timelineOf(caseId))
      return () => listeners.delete(listener)
    },
    searchServer: () => Promise.resolve(state.connection.state === 'live' ? { cases: [], more: false } : { unavailable: true }),
    drafts: () => Promise.resolve([...kept.values()]),
    saveDraft: (draft) => {
      kept.set(draft.id, draft)
      return Promise.resolve()
    },
    dropDraft: (id) => {
      kept.delete(id)
      return Promise.resolve()
    },
    applyAgain: (commandId) => {
      const found = state.attention.find((attention) => attention.command.id === commandId)
      if (!found || !state.me) return Promise.reject(new Error('This is no longer here.'))
      const answer = decide(state.me, found.command.type as CommandType, found.command.record.id, found.command.payload)
      if (answer.accepted) setState({ attention: without(state.attention, commandId) })
      return Promise.resolve(answer)
    },
    discard: (commandId) => {
      setState({ attention: without(state.attention, commandId) })
      return Promise.resolve()
    },
    reportPresence: (report) => void reported.push(report),
    now,
    patch: setState,
    asOther: (person, type, recordId, payload) => {
      const answer = decide(person, type, recordId, payload as object)
      if (!answer.accepted) throw new Error(`${type} was refused: ${answer.refusal.code}`)
    },
    showPresence: (presences) => {
      for (const listener of presenceListeners) listener(presences)
    },
    image: find,
    reported,
    savedDrafts: kept,
    submitted
  }
}

function without(attention: readonly Attention[], commandId: CommandId): readonly Attention[] {
  return attention.filter((entry) => entry.command.id !== commandId)
}
