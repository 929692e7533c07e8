import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import type { Severity } from '#shared/domain/case/severity.ts'
import { Severity as SeveritySchema } from '#shared/domain/case/severity.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import { CaseId } from '#shared/domain/identity.ts'
import { after, HOUR } from '#shared/domain/instant.ts'
import type { EngineClient, Submitted } from '#renderer/sync/engine-api.ts'
import type { Random } from '#test/sim/random.ts'
import type { Given } from './console-words.ts'

/** What a worker sees of the desk when it chooses what to do next. */
export type Sight = {
  readonly cases: readonly CaseState[]
  readonly customers: readonly Customer[]
  readonly people: readonly Person[]
  readonly queues: readonly Queue[]
  readonly me: Person
}

export type Act = {
  readonly submitted: Submitted
  readonly type: CommandType
  readonly token: string | null
  readonly number: string | null
}

/** The newest cases get most of the work, so that consoles meet on them and some of it must be refused. */
const CONTESTED = 6

/** Gives one command a person might give now. Its text carries a token that nothing else carries, so that each can be counted in the log. */
export async function giveOne(client: EngineClient, sight: Sight, random: Random): Promise<Act> {
  const token = `token ${randomUUID()}`
  const now = client.now()
  const open = sight.cases.filter((state) => isOpen(state.status)).toSorted((a, b) => b.openedAt - a.openedAt)
  const chosen = open.length === 0 ? null : random.chance(0.7) ? random.pick(open.slice(0, CONTESTED)) : random.pick(open)
  if (chosen === null || random.chance(0.15)) return takeCall(client, sight, random, token)

  const give = async <T extends CommandType>(type: T, payload: PayloadOf<T>, told: string | null): Promise<Act> => ({
    submitted: await client.submit(type, chosen.id, payload),
    type,
    token: told,
    number: null
  })
  const queueId = random.pick(sight.queues.filter((queue) => !queue.restricted)).id
  const worker = random.pick(sight.people.filter((person) => person.role !== 'wall')).id
  const move = random.between(1, 100)
  if (move <= 35) return give('note', { text: token }, token)
  if (move <= 50) return give('updateCustomer', { text: token, via: 'phone' }, token)
  if (move <= 58) return give('recordContact', { text: token, via: 'email', contactId: null }, token)
  if (move <= 68) return give('assign', { queueId, assigneeId: worker, expectedAssigneeId: chosen.assigneeId }, null)
  if (move <= 76) return give('acknowledge', {}, null)
  if (move <= 82) return changeSeverity(chosen.severity, random, token, give)
  if (move <= 88 && chosen.waiting === null)
    return give('wait', { on: 'customer', question: token, until: after(now, random.between(1, 48) * HOUR) }, token)
  if (move <= 88) return give('resume', {}, null)
  if (move <= 94) return give('resolve', { code: 'fixed', text: token }, token)
  return endOrReopen(client, sight, chosen, random, token)
}

async function takeCall(client: EngineClient, sight: Sight, random: Random, token: string): Promise<Act> {
  const { number } = await client.takeNumber()
  const id = CaseId.parse(randomUUID())
  const submitted = await client.submit('open', id, {
    number,
    channel: 'phone',
    customerId: random.pick(sight.customers.filter((customer) => customer.active)).id,
    contactId: null,
    callerName: 'A caller',
    callbackNumber: '+13125550100',
    itemId: null,
    subject: token,
    description: '',
    impact: null,
    urgency: null,
    severity: severityOf(random.between(1, 5)),
    queueId: random.pick(sight.queues.filter((queue) => !queue.restricted)).id,
    assigneeId: random.chance(0.5) ? sight.me.id : null,
    verified: false,
    readBack: null,
    steps: []
  })
  return { submitted, type: 'open', token, number }
}

type Give = <T extends CommandType>(type: T, payload: PayloadOf<T>, told: string | null) => Promise<Act>

async function changeSeverity(from: Severity, random: Random, token: string, give: Give): Promise<Act> {
  if (from > 1 && (from === 5 || random.chance(0.5)))
    return give('raiseSeverity', { to: severityOf(random.between(1, from - 1)), reason: token }, token)
  return give('lowerSeverity', { from, to: severityOf(random.between(from + 1, 5)), reason: token }, token)
}

async function endOrReopen(client: EngineClient, sight: Sight, chosen: CaseState, random: Random, token: string): Promise<Act> {
  const resolved = sight.cases.filter((state) => state.status === 'resolved')
  const about = resolved.length > 0 ? random.pick(resolved) : chosen
  if (random.chance(0.5)) {
    const submitted = await client.submit('reopen', about.id, { reason: token })
    return { submitted, type: 'reopen', token, number: null }
  }
  const submitted = await client.submit('close', about.id, { text: token, seenContactAt: about.lastContactAt })
  return { submitted, type: 'close', token, number: null }
}

function severityOf(level: number): Severity {
  return SeveritySchema.parse(level)
}

/** What the driver writes down of an accepted command. */
export function asGiven(act: Act & { readonly submitted: Extract<Submitted, { accepted: true }> }): Given {
  const { commandId, record } = act.submitted
  return { id: z.string().parse(commandId), type: act.type, record, token: act.token, number: act.number }
}
