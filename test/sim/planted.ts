import type { NumberGrant } from '#server/desk-store.ts'
import type { Welcome } from '#shared/protocol/hello.ts'
import type { PushReply } from '#shared/protocol/push.ts'
import type { Core, Outstanding } from '#renderer/sync/engine/core.ts'
import type { Input } from '#renderer/sync/engine/input.ts'
import type { StoreOp } from '#renderer/sync/engine/store-op.ts'
import type { PlantedFault } from './faults.ts'

/**
 * The faults that the simulator must find. Each breaks one rule that the design rests on; where the design has a second line of defence
 * behind it, the fault takes that away as well, or there would be nothing to see.
 */
export const PLANTED: readonly PlantedFault[] = [
  {
    name: 'no-dedupe',
    what: 'the server forgets which commands it has answered',
    store: { noUniqueKeys: true },
    server: (store) => ({ ...store, begin: async (wanted) => ({ ...(await store.begin(wanted)), answered: new Map() }) })
  },
  {
    name: 'drop-outbox-on-send',
    what: 'a console forgets commands as soon as they are sent',
    effect: (effect, core) => {
      if (effect.type === 'send' && effect.name === 'push') {
        const sent = new Set<string>(effect.body.commands.map((command) => command.id))
        keepOnly(core, (id) => !sent.has(id))
      }
      return effect
    }
  },
  {
    name: 'reset-drops-outbox',
    what: 'a console that takes a new snapshot drops its outbox with the old replica',
    effect: (effect, core) => {
      if (effect.type === 'startSnapshot') keepOnly(core, () => false)
      return effect
    }
  },
  {
    name: 'refused-dropped',
    what: 'refused work is not kept',
    after: (core) => core.attention.clear()
  },
  {
    name: 'refusal-blocks-queue',
    what: 'a refusal does not advance the queue: the command is tried again and again',
    input: (input, core) =>
      onPushReply(input, core, (reply) => {
        const refused = reply.answers.findIndex((answer) => answer.outcome === 'refused')
        const first = reply.answers[refused]
        return first ? { ...reply, answers: reply.answers.slice(0, refused), lastSequence: first.sequence - 1 } : reply
      })
  },
  {
    name: 'outbox-relaxed',
    what: 'the outbox is reported as saved before it is on the medium',
    disks: { vaultRelaxed: true, journalAnswersFirst: true }
  },
  {
    name: 'results-before-rows',
    what: 'own work leaves the screen with its answer, before the rows come',
    after: (core, input) => {
      if (input.type !== 'replied') return
      for (const entry of core.outbox.uncovered()) {
        if (entry.progress.at !== 'accepted') continue
        core.outbox.change(entry.command.id, { covered: true })
        core.board.retire(new Set([entry.command.id]))
      }
    }
  },
  {
    name: 'cursor-saved-first',
    what: 'a replica’s cursor reaches the disk before the rows it speaks of',
    disks: { cursorFirst: true }
  },
  {
    name: 'prune-check-missing',
    what: 'a cursor below the pruned part of the log is served as if nothing were missing',
    server: (store) => ({
      ...store,
      readLog: async (after, limit) => {
        const slice = await store.readLog(after, limit)
        const entries = slice.entries.map((entry) =>
          entry.image ? entry : { ...entry, image: { kind: entry.kind, id: entry.id, version: entry.version, state: null } as never }
        )
        return { ...slice, entries, prunedThrough: 0 }
      }
    })
  },
  {
    name: 'answers-in-later-transaction',
    what: 'answers and sequences are committed after the effects',
    store: { answersLater: true, noUniqueKeys: true }
  },
  {
    name: 'number-counter-rolled-back',
    what: 'a restored desk hands out case numbers from where the backup stood',
    server: (store) => ({
      ...store,
      leaseNumbers: (consoleId, count, grant) => store.leaseNumbers(consoleId, count, trusting(grant)),
      begin: async (wanted) => {
        const tx = await store.begin(wanted)
        return { ...tx, takeNumbers: (consoleId, count, grant) => tx.takeNumbers(consoleId, count, trusting(grant)) }
      }
    })
  },
  {
    name: 'no-epoch',
    what: 'a restored desk goes on in the epoch it had',
    store: { noEpochs: true }
  },
  {
    name: 'accepts-id-gap',
    what: 'the server takes a run of commands whatever is missing before it, and consoles trust its word for what arrived',
    effect: (effect) => {
      if (effect.type !== 'send' || effect.name !== 'push') return effect
      const [first] = effect.body.commands
      return first ? { ...effect, body: { ...effect.body, oldestHeld: first.sequence } } : effect
    },
    input: (input, core) => onWelcome(input, core, (welcome) => trustingWelcome(welcome, core))
  },
  {
    name: 'no-retention',
    what: 'a console forgets commands once they are answered',
    after: (core) => {
      const kept = new Set<string>()
      for (const entry of core.outbox.entries()) if (entry.progress.at === 'queued' || !entry.covered) kept.add(entry.command.id)
      if (kept.size < core.outbox.size) keepOnly(core, (id) => kept.has(id))
    }
  },
  {
    name: 'no-re-push',
    what: 'a console does not put back what a restored desk has forgotten',
    input: (input, core) =>
      onWelcome(input, core, (welcome) => {
        const mine = core.myConsole()
        return { ...trustingWelcome(welcome, core), lastSequence: Math.max(welcome.lastSequence, mine?.answered ?? 0) }
      })
  },
  {
    name: 'revision-before-commit',
    what: 'revisions are handed out before the commit, without the log’s lock',
    store: { revisionsBeforeCommit: true }
  },
  {
    name: 'skip-the-lock',
    what: 'records are judged without being locked',
    store: { noRecordLocks: true, noUniqueKeys: true }
  },
  {
    name: 'ack-before-commit',
    what: 'commands are answered before their transaction is committed',
    store: { ackBeforeCommit: true }
  },
  {
    name: 'fold-before-flush',
    what: 'a fold takes rows away before the chunks that hold them now are on the medium',
    disks: { foldBeforeFlush: true }
  },
  {
    name: 'number-shown-first',
    what: 'a case number is shown before the disk knows that it is used',
    effect: (effect) =>
      effect.type === 'store' && effect.in.database === 'vault'
        ? { ...effect, ops: effect.ops.map((op) => (op.table === 'console' ? unused(op) : op)) }
        : effect
  },
  {
    name: 'snapshot-without-scope',
    what: 'a snapshot holds cases of queues that its reader may not see',
    server: (store) => ({
      ...store,
      snapshotPage: (view, phase, after, limit) => store.snapshotPage({ ...view, hiddenQueueIds: [] }, phase, after, limit)
    })
  },
  {
    name: 'probe-across-sleep',
    what: 'the server’s time is taken from an answer without asking how long it was under way',
    input: (input, core) => onTime(input, core, (serverTime) => serverTime - 400)
  }
]

export function plantedFault(name: string): PlantedFault | undefined {
  return PLANTED.find((planted) => planted.name === name)
}

function keepOnly(core: Core, keep: (commandId: string) => boolean): void {
  core.outbox.load([...core.outbox.entries()].filter((entry) => keep(entry.command.id)))
}

/** A console's row as it was before any of its numbers was used. */
function unused(op: StoreOp): StoreOp {
  if (op.value === null) return op
  const row = JSON.parse(op.value) as { readonly blocks: readonly { readonly from: number; readonly to: number }[] }
  return { ...op, value: JSON.stringify({ ...row, blocks: row.blocks.map(({ from, to }) => ({ from, to, next: from })) }) }
}

function trusting(grant: NumberGrant): NumberGrant {
  return (space, count) => grant({ ...space, since: 'same' }, count)
}

/** The engine asks again for answers of another epoch; told of no other epoch, it does not. */
function trustingWelcome(welcome: Welcome, core: Core): Welcome {
  const mine = core.myConsole()
  if (mine) core.consoles.set(mine.consoleId, { ...mine, epoch: welcome.cursor.epoch })
  return welcome.reason === 'epochEnded' ? { ...welcome, reason: 'cursorTooOld' } : welcome
}

function onReply<T>(input: Input, core: Core, purpose: Outstanding['for'], change: (value: T) => T): Input {
  if (input.type !== 'replied' || core.outstanding.get(input.request)?.for !== purpose) return input
  const reply = input.reply as { readonly ok: boolean; readonly value: T }
  return reply.ok ? { ...input, reply: { ...reply, value: change(reply.value) } } : input
}

function onPushReply(input: Input, core: Core, change: (reply: PushReply) => PushReply): Input {
  return onReply(input, core, 'push', change)
}

function onWelcome(input: Input, core: Core, change: (welcome: Welcome) => Welcome): Input {
  return onReply(input, core, 'hello', change)
}

function onTime(input: Input, core: Core, change: (serverTime: number) => number): Input {
  return onReply<{ readonly serverTime: number }>(input, core, 'time', ({ serverTime }) => ({ serverTime: change(serverTime) }))
}
