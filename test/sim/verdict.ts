import type { Person } from '#shared/domain/directory/person.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Machine } from './console/machine.ts'
import type { Given } from './ledger.ts'
import { difference, same } from './same.ts'
import { consoleKey } from './store/contents.ts'
import { Violation } from './violation.ts'
import { isVisible } from './visible.ts'
import type { World } from './world.ts'

/** What is still under way, in words; null when it is quiet. */
export function restless(world: World): string | null {
  const { contents } = world.store
  const head = contents.head
  for (const node of world.nodes) {
    if (!node.running) return `node ${node.index} is not up`
    if (node.running.end().head !== head) return `node ${node.index} has read up to ${node.running.end().head} of ${head}`
  }
  for (const machine of world.machines) {
    const { core } = machine
    const name = `console ${machine.index}`
    if (!core || core.phase !== 'running') return `${name} is not running`
    if (core.identity?.me?.id !== world.users[machine.index]) return `${name} has not signed in who should be`
    if (core.link.at !== 'up') return `${name} is ${core.link.at}`
    if (!core.replica || core.loading || core.reading) return `${name} is loading`
    if (core.replica.cursor.revision !== head) return `${name} stands at ${core.replica.cursor.revision} of ${head}`
    const mine = core.myConsole()
    const waiting = [...core.outbox.entries()].filter(
      ({ command, progress }) => progress.at === 'queued' && command.consoleId === mine?.consoleId
    )
    if (waiting.length > 0) return `${name} has ${waiting.length} commands waiting`
    if (core.board.queue.length > 0) return `${name} still replays ${core.board.queue.length} commands`
    if (core.tickets.size > 0) return `${name} still writes`
    if (!core.replicaWritable || core.rebuilding || core.folding || core.foldSoon) return `${name} has yet to bring its replica in order`
  }
  return null
}

/** What must hold once it is quiet. `owners`: everybody with something waiting on a computer has been signed in there since. */
export function judgeQuiet(world: World): readonly Violation[] {
  const found: Violation[] = []
  const report = (violation: Violation) => {
    found.push(violation)
  }
  converged(world, report)
  savedKept(world, report)
  sequencesWhole(world, report)
  numbers(world, report)
  cached(world, report)
  drafts(world, report)
  return found
}

type Report = (violation: Violation) => void

function converged(world: World, report: Report): void {
  const desk = world.store.contents.records
  for (const machine of world.machines) {
    const { core } = machine
    const me = core?.identity?.me
    if (!core || !me) continue
    const person = (desk.get(`person:${me.id}`)?.state ?? me) as Person
    if (!same(person, me))
      report(new Violation('replicaIsTheDesk', `console ${machine.index} takes its person for ${difference(me, person)}`))
    for (const key of new Set([...desk.keys(), ...core.board.base.keys()])) {
      const true_ = desk.get(key)
      const held = core.board.base.get(key)
      const belongs = true_ !== undefined && isVisible(true_, person, desk)
      if (belongs && held && same(true_, held)) continue
      if (!belongs && !held) continue
      if (held && !belongs)
        report(new Violation('nothingOutsideScope', `console ${machine.index} of ${person.name} holds ${key} in the end`))
      else
        report(
          new Violation(
            'replicaIsTheDesk',
            `console ${machine.index} in the end, ${key}: ${held && true_ ? difference(held, true_) : 'is missing'}`
          )
        )
      break
    }
  }
}

/** Every command that a console showed as saved was answered once and is in the log once, or waits whole in Needs attention. */
function savedKept(world: World, report: Report): void {
  const times = new Map<string, number>()
  for (const entry of world.truth.entries) if (entry.commandId !== null) times.set(entry.commandId, (times.get(entry.commandId) ?? 0) + 1)
  for (const [id, count] of times) if (count > 1) report(new Violation('appliedOnce', `command ${id} is in the log ${count} times`))
  for (const [id, given] of world.ledger.given) {
    if (given.savedAt === null) continue
    const name = `${given.command.type} ${id} of console ${given.machine}`
    const answer = world.store.contents.answers.get(id)
    const machine = world.machines[given.machine]
    if (!answer) {
      if (!given.withdrawn && !inAttention(machine, given)) report(new Violation('savedIsKept', `${name} was saved and is nowhere now`))
      continue
    }
    if (answer.body.outcome === 'refused') {
      if (given.withdrawn) continue
      const kept = machine?.core?.attention.get(id)
      if (!kept)
        report(new Violation('attentionIsWhole', `${name} was refused (${answer.body.refusal.code}) and is not in Needs attention`))
      else if (!same(contentOf(kept.command), contentOf(given.command)))
        report(new Violation('attentionIsWhole', `${name} lost content: ${difference(contentOf(kept.command), contentOf(given.command))}`))
      continue
    }
    const needsFact = ['note', 'open', 'updateCustomer', 'recordContact', 'reopen', 'wait'].includes(given.command.type)
    if (needsFact && times.get(id) !== 1)
      report(new Violation('savedIsKept', `${name} was accepted and is in the log ${times.get(id) ?? 0} times`))
  }
}

function inAttention(machine: Machine | undefined, given: Given): boolean {
  const kept = machine?.core?.attention.get(given.command.id)
  return kept !== undefined && same(contentOf(kept.command), contentOf(given.command))
}

/** What somebody typed, without what the queue may renumber. */
function contentOf({ type, record, payload, occurredAt, actorId }: Given['command']): unknown {
  return { type, record, payload, occurredAt, actorId }
}

function sequencesWhole(world: World, report: Report): void {
  const { contents } = world.store
  const byConsole = new Map<string, number[]>()
  for (const answer of contents.answers.values()) {
    const key = consoleKey(answer.key)
    byConsole.set(key, [...(byConsole.get(key) ?? []), answer.sequence])
  }
  for (const [key, sequences] of byConsole) {
    const last = contents.consoles.get(key)?.lastSequence ?? 0
    if (Math.max(...sequences) > last)
      report(new Violation('sequencesWhole', `${key} has answers up to ${Math.max(...sequences)} and stands at ${last}`))
    if (world.lostMemory) continue
    const sorted = sequences.toSorted((a, b) => a - b)
    sorted.forEach((sequence, index) => {
      if (sequence !== index + 1) report(new Violation('sequencesWhole', `${key} was answered ${sequence} where ${index + 1} should be`))
    })
  }
}

function numbers(world: World, report: Report): void {
  for (const number of world.ledger.numbersTwice) report(new Violation('numbersUnique', `number ${number} was shown twice`))
  const holders = new Map<string, string>()
  for (const image of world.store.contents.records.values()) {
    if (image.kind !== 'case' || !image.state) continue
    const { number } = image.state
    const other = holders.get(number)
    if (other !== undefined) report(new Violation('numbersUnique', `number ${number} is on ${other} and ${image.id}`))
    holders.set(number, image.id)
  }
  for (const { command } of world.ledger.given.values()) {
    const shown = command.payload['number']
    if (command.type !== 'open' || typeof shown !== 'string') continue
    const image = world.store.contents.records.get(`case:${command.record.id}`)
    if (image?.kind !== 'case' || !image.state) continue
    if (image.state.number !== shown && !image.state.aliases.includes(shown))
      report(new Violation('numbersKept', `case ${image.id} was read out as ${shown} and is ${image.state.number} now`))
  }
}

/** What lies on each disk is what its person may see. */
function cached(world: World, report: Report): void {
  const desk = world.store.contents.records
  for (const machine of world.machines) {
    const me = machine.core?.identity?.me
    if (!me) continue
    const rows = machine.ports.storage.cachedRows()
    const newest = new Map<string, string>()
    for (const row of rows) if (row.table === 'tail') newest.set(`${row.generation}/${row.key}`, row.value)
    for (const row of rows) {
      if (row.value === 'corrupt' || (row.table !== 'chunk' && row.table !== 'tail')) continue
      const images =
        row.table === 'chunk' ? (JSON.parse(row.value) as readonly RecordImage[]) : [JSON.parse(row.value) as RecordImage | null]
      for (const image of images) {
        if (!image || image.state === null) continue
        const key = `${image.kind}:${image.id}`
        const superseded = row.table === 'chunk' && newest.has(`${row.generation}/${key}`)
        if (!superseded && !isVisible(image, me, desk))
          report(
            new Violation(
              'nothingOutsideScope',
              `the disk of console ${machine.index} still holds ${key} (${row.table} of generation ${row.generation})`
            )
          )
      }
    }
  }
}

function drafts(world: World, report: Report): void {
  for (const { machine: index, actorId, draft, newer } of world.ledger.drafts.values()) {
    const core = world.machines[index]?.core
    const kept = [...(core?.drafts.values() ?? [])].find((row) => row.draft.id === draft.id && row.actorId === actorId)
    if (kept && [draft, ...newer].some((one) => same(one.body, kept.draft.body))) continue
    report(
      new Violation(
        'draftsSurvive',
        `${draft.id} on console ${index} was saved as ${JSON.stringify(draft.body)} and is ${JSON.stringify(kept?.draft.body)}`
      )
    )
  }
}
