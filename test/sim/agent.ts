import type { CaseState } from '#shared/domain/case/case.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { CommandType } from '#shared/domain/desk.ts'
import { CommandId } from '#shared/domain/identity.ts'
import { DAY, HOUR } from '#shared/domain/instant.ts'
import type { Draft } from '#renderer/sync/engine-api.ts'
import type { Machine } from './console/machine.ts'
import type { Ledger } from './ledger.ts'
import type { WORK } from './plan.ts'
import { random } from './random.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export type WorkAct = (typeof WORK)[number]

type Payload = { readonly [field: string]: unknown }

/** Somebody at a console: sees only what the window shows, does what the plan says, remembers what they were told. */
export class Agent {
  readonly machine: Machine
  private readonly ledger: Ledger
  private readonly scheduler: Scheduler
  /** Drafts dropped so far: what was typed before counts no more. */
  private dropped = 0

  constructor(machine: Machine, ledger: Ledger, scheduler: Scheduler) {
    this.machine = machine
    this.ledger = ledger
    this.scheduler = scheduler
  }

  do(act: WorkAct, r: number): void {
    const draw = random('act', act, r)
    if (!this.machine.on || this.machine.sleeping || !this.me()) return
    switch (act) {
      case 'open':
        return this.open(draw, [])
      case 'openAndWork':
        return this.open(
          draw,
          draw.pick([['note'], ['note', 'updateCustomer'], ['acknowledge', 'wait', 'resume'], ['resolve', 'close', 'reopen']])
        )
      case 'burst':
        for (let count = draw.between(3, 12); count > 0; count--) this.note(draw)
        return
      case 'note':
        return this.note(draw)
      case 'updateCustomer':
      case 'recordContact':
      case 'acknowledge':
      case 'assign':
      case 'raiseSeverity':
      case 'lowerSeverity':
      case 'wait':
      case 'resume':
      case 'resolve':
      case 'close':
      case 'reopen':
      case 'correctDetails': {
        const chosen = this.chooseCase(draw)
        if (chosen) this.submit(draw, act, chosen.id, this.payload(act, chosen, draw))
        return
      }
      case 'saveDraft':
        return this.saveDraft(draw)
      case 'dropDraft':
        return this.dropDraft(draw)
      case 'burnNumber':
        return this.takeNumber(() => undefined)
      case 'watchTimeline': {
        const chosen = this.chooseCase(draw)
        if (chosen) this.machine.ask('watchTimeline', { caseId: chosen.id }, () => undefined)
        return
      }
      case 'search':
        return this.machine.ask('search', { text: draw.pick(['matter', 'C-', 'first', 'second']), limit: 20 }, () => undefined)
      case 'applyAgain':
      case 'discard':
        return this.attend(act, draw)
      case 'changePerson':
        return this.changePerson(draw)
      case 'changeQueue':
        return this.changeQueue(draw)
      case 'attachWindow':
        return this.machine.openWindow()
      case 'detachWindow':
        return this.machine.closeWindow()
    }
  }

  private me(): Person | null {
    return this.machine.state?.me ?? null
  }

  private all<K extends 'case' | 'person' | 'queue' | 'customer' | 'contact' | 'item'>(kind: K) {
    const [window] = this.machine.windows.values()
    const found = [...(window?.records.values() ?? [])].filter((record) => record.kind === kind && record.state !== null)
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Mostly one of the newest cases, so that people meet on the same ones. */
  private chooseCase(draw: Random): CaseState | null {
    const cases = this.all('case').map((record) => record.state as CaseState)
    if (cases.length === 0) return null
    const newest = cases.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
    return draw.pick(draw.chance(0.8) ? newest.slice(-4) : newest)
  }

  private note(draw: Random): void {
    const chosen = this.chooseCase(draw)
    if (chosen) this.submit(draw, 'note', chosen.id, { text: `note ${draw.bits()}` })
  }

  private open(draw: Random, then: readonly WorkAct[]): void {
    this.takeNumber((number) => {
      const customers = this.all('customer')
      if (customers.length === 0) return
      const customer = draw.pick(customers)
      const contact = draw.chance(0.5)
        ? this.all('contact').find((one) => (one.state as { customerId?: string }).customerId === customer.id)
        : undefined
      const item = draw.chance(0.4)
        ? this.all('item').find((one) => (one.state as { customerId?: string }).customerId === customer.id)
        : undefined
      const queues = this.all('queue')
      const caseId = uuid(draw)
      const phone = draw.chance(0.7)
      this.submit(draw, 'open', caseId, {
        number,
        channel: phone ? 'phone' : 'email',
        customerId: customer.id,
        contactId: contact?.id ?? null,
        callerName: 'Caller',
        callbackNumber: phone ? '+13125550142' : null,
        itemId: item?.id ?? null,
        subject: draw.pick(['first matter', 'second matter', 'third matter']),
        description: draw.chance(0.5) ? 'What happened' : '',
        impact: draw.pick(['high', 'medium', 'low', null]),
        urgency: draw.pick(['high', 'medium', 'low', null]),
        severity: draw.pick([1, 2, 3, 4, 5, null]),
        queueId: queues.length > 0 ? draw.pick(queues).id : caseId,
        assigneeId: draw.chance(0.4) ? (this.me()?.id ?? null) : null,
        verified: draw.chance(0.5),
        readBack: draw.chance(0.4) ? { nextStep: 'We look into it', nextUpdateAt: null } : null,
        steps: []
      })
      for (const act of then) {
        const [window] = this.machine.windows.values()
        const opened = window?.records.get(`case:${caseId}`)?.state as CaseState | undefined
        if (opened) this.submit(draw, act as CommandType, caseId, this.payload(act, opened, draw))
      }
    })
  }

  private payload(act: WorkAct, state: CaseState, draw: Random): Payload {
    const text = `${act} ${draw.bits()}`
    switch (act) {
      case 'note':
        return { text }
      case 'updateCustomer':
        return { text, via: draw.pick(['phone', 'email', 'portal']) }
      case 'recordContact':
        return { text, via: draw.pick(['phone', 'email', 'portal']), contactId: state.contactId }
      case 'assign': {
        const people = this.all('person')
        const queues = this.all('queue')
        return {
          queueId: queues.length > 0 ? draw.pick(queues).id : state.queueId,
          assigneeId: draw.chance(0.6) && people.length > 0 ? draw.pick(people).id : null,
          expectedAssigneeId: state.assigneeId
        }
      }
      case 'raiseSeverity':
        return { to: Math.max(1, state.severity - draw.between(1, 2)), reason: text }
      case 'lowerSeverity':
        return { from: state.severity, to: Math.min(5, state.severity + draw.between(1, 2)), reason: text }
      case 'wait':
        return {
          on: draw.pick(['customer', 'vendor', 'problem', 'evidence']),
          question: text,
          until: state.openedAt + draw.between(1, 40) * DAY + HOUR
        }
      case 'resolve':
        return { code: draw.pick(['fixed', 'workaround', 'noFaultFound']), text }
      case 'close':
        return { text, seenContactAt: state.lastContactAt }
      case 'reopen':
        return { reason: text }
      case 'correctDetails':
        return {
          contactId: state.contactId,
          itemId: state.itemId,
          subject: `matter ${draw.between(1, 99)}`,
          impact: 'high',
          urgency: 'low'
        }
      default:
        return {}
    }
  }

  private submit(draw: Random, type: CommandType, recordId: string, payload: Payload): void {
    this.machine.ask('submit', { commandId: CommandId.parse(uuid(draw)), commandType: type, recordId, payload }, () => undefined)
  }

  private takeNumber(then: (number: string) => void): void {
    const actorId = this.me()?.id ?? ''
    const { machine } = this
    machine.ask('takeNumber', {}, (answer) => {
      if ('problem' in answer) return
      if (!answer.provisional) this.ledger.showNumber(answer.number, { machine: machine.index, actorId, at: this.scheduler.now() })
      then(answer.number)
    })
  }

  private saveDraft(draw: Random): void {
    const actorId = this.me()?.id
    if (!actorId) return
    const draft: Draft = {
      id: `draft ${actorId} ${draw.between(1, 3)}`,
      kind: 'intake',
      caseId: null,
      body: { text: `typed ${draw.bits()}` },
      changedAt: this.scheduler.now()
    }
    const key = `${this.machine.index}/${draft.id}`
    const known = this.ledger.drafts.get(key)
    known?.newer.push(draft)
    const { dropped } = this
    this.machine.ask('saveDraft', { draft }, (answer) => {
      if (!answer.ok || this.dropped !== dropped) return
      const newer = this.ledger.drafts.get(key)?.newer ?? []
      const index = newer.indexOf(draft)
      this.ledger.drafts.set(key, {
        machine: this.machine.index,
        actorId,
        draft,
        newer: index < 0 ? newer : newer.slice(index + 1),
        at: this.scheduler.now()
      })
    })
  }

  private dropDraft(draw: Random): void {
    const actorId = this.me()?.id
    if (!actorId) return
    const id = `draft ${actorId} ${draw.between(1, 3)}`
    // From the moment of asking on, either outcome is right.
    this.dropped += 1
    this.ledger.drafts.delete(`${this.machine.index}/${id}`)
    this.machine.ask('dropDraft', { id }, () => undefined)
  }

  private attend(act: 'applyAgain' | 'discard', draw: Random): void {
    const refused = this.machine.state?.attention ?? []
    if (refused.length === 0) return
    const { command } = draw.pick(refused)
    const known = this.ledger.given.get(command.id)
    // The process may die after the engine took it back and before the window heard: either outcome is right.
    if (known) known.withdrawn = true
    if (act === 'discard') return this.machine.ask('discard', { commandId: command.id }, () => undefined)
    this.machine.ask('applyAgain', { commandId: command.id, newId: CommandId.parse(uuid(draw)) }, (answer) => {
      const stands = !('problem' in answer) && answer.accepted
      if (known) known.withdrawn = stands
    })
  }

  private changePerson(draw: Random): void {
    const people = this.all('person').map((record) => record.state as Person)
    const queues = this.all('queue')
    if (people.length < 3 || queues.length === 0) return
    const chosen = draw.pick(people.filter((one) => one.role !== 'admin'))
    const queueIds = queues.filter(() => draw.chance(0.5)).map((queue) => queue.id)
    const role = draw.chance(0.3) ? draw.pick(['agent', 'engineer', 'lead']) : chosen.role
    this.submit(draw, 'savePerson', chosen.id, { ...chosen, role, queueIds })
  }

  private changeQueue(draw: Random): void {
    const queues = this.all('queue').map((record) => record.state as Queue)
    if (queues.length === 0) return
    const chosen = draw.pick(queues)
    this.submit(draw, 'saveQueue', chosen.id, { ...chosen, restricted: !chosen.restricted })
  }
}

function uuid(draw: Random): string {
  const digits = (count: number) => Array.from({ length: count }, () => draw.between(0, 15).toString(16)).join('')
  return `${digits(8)}-${digits(4)}-7${digits(3)}-8${digits(3)}-${digits(12)}`
}
