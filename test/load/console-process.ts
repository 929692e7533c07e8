import fs from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { CaseState } from '#shared/domain/case/case.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { BoardRecord } from '#renderer/sync/engine-api.ts'
import { startHeadlessConsole } from '#renderer/sync/headless/headless-console.ts'
import { until } from '#scripts/drive/until.ts'
import { random } from '#test/sim/random.ts'
import { Order, type Report, type Said, type Standing } from './console-words.ts'
import { asGiven, giveOne, type Sight } from './work.ts'

/**
 * One console as a process of its own, without a window: the product's engine on real files and a real socket. It does what the driver orders and tells
 * what a window would show. Killing it with -9 at any moment is part of its life.
 */
const [folder, server] = process.argv.slice(2)
if (!folder || !server) throw new Error('usage: console-process.ts FOLDER SERVER-URL')

const { client } = await startHeadlessConsole({ fs, folder, server })
const board = new Map<string, BoardRecord>()
let complete = false
client.onBoard((change) => {
  complete = change.complete
  if (change.kind === 'reset') {
    board.clear()
  } else {
    for (const gone of change.gone) board.delete(`${gone.kind}/${gone.id}`)
  }
  for (const record of change.records) board.set(`${record.kind}/${record.id}`, record)
})

let queue = Promise.resolve()
process.on('message', (message) => {
  const order = Order.parse(message)
  queue = queue.then(() => carryOut(order)).catch((error: unknown) => say({ said: 'failed', doing: order.do, message: sentence(error) }))
})
process.once('disconnect', () => process.exit(0))

async function carryOut(order: Order): Promise<void> {
  switch (order.do) {
    case 'enter': {
      if (client.state().me === null) {
        const entered = await client.signIn(order.account, order.password)
        if (!entered.ok) throw new Error(entered.problem)
      }
      return say({ said: 'entered' })
    }
    case 'work':
      return work(order.commands, order.pause, order.seed)
    case 'stand':
      return say({ said: 'standing', standing: standing() })
    case 'report':
      return say({ said: 'report', report: report() })
  }
}

async function work(commands: number, longestPause: number, seed: string): Promise<void> {
  await until('the desk is on the board', () => complete, { seconds: 60 })
  const chance = random(seed)
  let refusedAtOnce = 0
  let given = 0
  while (given < commands) {
    const act = await giveOne(client, sight(), chance)
    if (!act.submitted.accepted) {
      refusedAtOnce += 1
    } else {
      given += 1
      const told = asGiven({ ...act, submitted: act.submitted })
      act.submitted.saved.then(
        () => say({ said: 'saved', given: told }),
        (error: unknown) => say({ said: 'complained', about: `saving ${told.type} ${told.id}`, message: sentence(error) })
      )
      act.submitted.confirmed.then(
        (answer) => say({ said: 'confirmed', id: told.id, outcome: answer.outcome }),
        (error: unknown) => say({ said: 'complained', about: `the answer to ${told.type} ${told.id}`, message: sentence(error) })
      )
    }
    await pause(chance.between(0, longestPause))
  }
  say({ said: 'worked', given, refusedAtOnce })
}

function sight(): Sight {
  const states = (kind: string): unknown[] =>
    [...board.values()].flatMap((record) => (record.kind === kind && record.state ? [record.state] : []))
  const { me } = client.state()
  if (!me) throw new Error('nobody is signed in')
  return {
    cases: states('case') as CaseState[],
    customers: states('customer') as Customer[],
    people: states('person') as Person[],
    queues: states('queue') as Queue[],
    me
  }
}

function standing(): Standing {
  const { connection } = client.state()
  return { connection: connection.state, pending: 'pending' in connection ? connection.pending : -1 }
}

function report(): Report {
  const { me, attention, numbersLeft } = client.state()
  return {
    ...standing(),
    complete,
    me,
    records: [...board.values()].map(({ kind, id, version, pending, state }) => ({ kind, id, version, pending, state })),
    attention: attention.map(({ command, refusal }) => ({ id: command.id, code: refusal.code, command: JSON.stringify(command) })),
    numbersLeft
  }
}

function say(said: Said): void {
  process.send?.(said)
}

function sentence(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
