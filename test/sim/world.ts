import type { Batch } from '#server/desk-store.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { Agent } from './agent.ts'
import { Machine } from './console/machine.ts'
import type { LinkHandlers, LinkHandle, Outside } from './console/machine.ts'
import { SOUND_DISKS, Storage } from './console/storage.ts'
import { DESK_ID, PEOPLE, firstEntries } from './desk.ts'
import type { PlantedFault } from './faults.ts'
import { Judged } from './judged.ts'
import { Ledger } from './ledger.ts'
import { MachineClock, WORLD_BEGINS } from './machine-clock.ts'
import { CALM, Connection } from './network.ts'
import type { Plan } from './plan.ts'
import { random } from './random.ts'
import type { Random } from './random.ts'
import { Scheduler } from './scheduler.ts'
import { ServerNode } from './server/node.ts'
import type { Seat } from './server/node.ts'
import { SignInDesk } from './server/sign-in.ts'
import type { Contents } from './store/contents.ts'
import { ModelStore, QUIET_STORE, SOUND_STORE } from './store/model-store.ts'
import type { Trace } from './trace.ts'
import { Truth } from './truth.ts'
import type { TrueEntry } from './truth.ts'
import { Violation } from './violation.ts'
import { Watch } from './watch.ts'

type Path = { readonly machine: number; readonly connection: Connection }

/** A desk, its computers and the network between them: everything one plan plays on. */
export class World {
  readonly scheduler = new Scheduler()
  readonly truth = new Truth()
  readonly ledger = new Ledger()
  readonly signIns = new SignInDesk()
  readonly violations: Violation[] = []
  readonly store: ModelStore
  readonly nodes: readonly ServerNode[]
  readonly machines: readonly Machine[]
  readonly agents: readonly Agent[]
  readonly watch: Watch
  private readonly judged: Judged
  readonly plan: Plan
  readonly trace: Trace
  /** Who is meant to be signed in at each computer. */
  readonly users: string[]
  private readonly wereHere = new Map<number, Set<string>>()
  private paths: Path[] = []
  private calm = false
  private backups: { readonly contents: Contents; readonly entries: readonly TrueEntry[]; readonly tokens: number }[] = []
  private readonly signingIn = new Set<number>()
  private readonly unreachable = new Set<number>()
  /** The desk was put back in time or a computer lost its databases: sequences may have been given anew. */
  lostMemory = false
  readonly blocked = new Map<number, { up: boolean; down: boolean }>()
  private readonly networkRandom: Random

  constructor(plan: Plan, trace: Trace, planted: PlantedFault | null) {
    this.plan = plan
    this.trace = trace
    this.networkRandom = random('network', plan.seed)
    const report = (violation: Violation) => {
      this.note(`VIOLATION ${violation.message}`)
      this.violations.push(violation)
    }
    const serverTime = () => WORLD_BEGINS + this.scheduler.now()
    this.watch = new Watch({
      truth: this.truth,
      ledger: this.ledger,
      scheduler: this.scheduler,
      report,
      present: () => this.store.contents.records,
      answered: (id) => this.store.contents.answers.has(id),
      serverTime,
      skew: Math.max(0, ...plan.skew.map(Math.abs))
    })
    this.store = new ModelStore(this.scheduler, random('store', plan.seed), {
      wall: serverTime,
      weather: () => (this.calm ? QUIET_STORE : plan.store),
      seams: { ...SOUND_STORE, ...planted?.store },
      onCommit: (batch, at) => {
        this.note(`commit ${at.epoch}/${at.base}+${batch.entries.length} ${batch.answers.length}`)
        this.judged.commit(batch)
        this.truth.committed(batch, at, this.store.contents.epochs)
      }
    })
    this.judged = new Judged(this.ledger, report)
    this.begin()
    this.nodes = plan.skew.slice(0, plan.nodes).map(
      (skew, index) =>
        new ServerNode({
          index,
          scheduler: this.scheduler,
          store: (alive) => {
            const real = this.store.connect(index, alive)
            return planted?.server?.(real) ?? real
          },
          dropStore: () => this.store.drop(index),
          skew,
          deskId: DESK_ID,
          version: '1.0.0',
          note: (what) => this.note(what),
          fault: (what) => report(new Violation('noFault', what)),
          sharePresence: (from, presence) => {
            for (const node of this.nodes)
              if (node.index !== from) this.scheduler.after(this.networkRandom.wait(5), () => node.running?.heardPresence(presence))
          }
        })
    )
    this.machines = Array.from({ length: plan.consoles }, (_, index) => {
      const draw = random('console', plan.seed, index)
      const machine = new Machine({
        index,
        scheduler: this.scheduler,
        random: draw,
        clock: new MachineClock(
          this.scheduler,
          draw.chance(0.3) ? draw.between(-3_600_000, 3_600_000) : draw.between(-2_000, 2_000),
          (draw.unit() - 0.5) * 1e-4
        ),
        storage: new Storage(this.scheduler, random('disk', plan.seed, index), draw.pick([1, 3, 10]), {
          ...SOUND_DISKS,
          ...planted?.disks
        }),
        outside: this.outside(index),
        watcher: this.watch,
        note: (what, detail) => this.note(what, detail),
        installId: `10000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
        journal: true,
        planted
      })
      return machine
    })
    this.users = this.machines.map((_, index) => (PEOPLE[index % PEOPLE.length] ?? PEOPLE[0] ?? { id: '' }).id)
    this.agents = this.machines.map((machine) => new Agent(machine, this.ledger, this.scheduler))
  }

  note(what: string, detail?: () => string): void {
    this.trace.note(this.scheduler.now(), what, detail)
  }

  start(): void {
    for (const node of this.nodes) node.start()
    for (const machine of this.machines) this.scheduler.after(this.networkRandom.between(0, 500), () => machine.start())
    this.attend()
  }

  /** From here on nothing goes wrong any more. */
  heal(): void {
    this.calm = true
    this.store.start()
    for (const node of this.nodes) if (!node.up) node.start()
    for (const machine of this.machines) {
      this.unblock(machine.index)
      machine.ports.storage.setFull(false)
      machine.ports.storage.setJournalBroken(false)
      machine.wake()
      machine.drive({ type: 'roomMeasured', bytes: 50_000_000_000 })
      if (!machine.on) machine.start()
    }
    this.unreachable.clear()
  }

  personNamed(id: string): Person | undefined {
    const image = this.store.contents.records.get(`person:${id}`)
    return image?.kind === 'person' ? (image.state ?? undefined) : undefined
  }

  takeBackup(): void {
    this.backups.push({ contents: this.store.backup(), entries: [...this.truth.entries], tokens: this.signIns.mark() })
  }

  /** Puts one of the backups back; the nodes are not told. */
  restore(choice: number): boolean {
    const backup = this.backups[choice % Math.max(1, this.backups.length)]
    if (!backup) return false
    this.lostMemory = true
    this.store.restore(backup.contents)
    this.signIns.forgetAfter(backup.tokens)
    this.judged.restart(this.store.contents.records)
    this.truth.wentBack(backup.entries, this.store.contents.epochs)
    return true
  }

  connectionsOf(machine: number): readonly Connection[] {
    this.paths = this.paths.filter((path) => !path.connection.over)
    return this.paths.filter((path) => path.machine === machine).map((path) => path.connection)
  }

  block(machine: number, direction: 'up' | 'down'): void {
    const blocked = this.blocked.get(machine) ?? { up: false, down: false }
    blocked[direction] = true
    this.blocked.set(machine, blocked)
    for (const connection of this.connectionsOf(machine)) connection.block(direction)
  }

  unblock(machine: number): void {
    this.blocked.delete(machine)
    for (const connection of this.connectionsOf(machine)) {
      connection.unblock('up')
      connection.unblock('down')
    }
  }

  /** Everybody who worked at a computer before whoever does now. */
  everHere(machine: number): Set<string> {
    return this.wereHere.get(machine) ?? new Set()
  }

  /** Asks for another person to sign in at a computer: the one there signs out first. */
  switchUser(machine: Machine, personId: string): void {
    const before = this.users[machine.index]
    if (before !== undefined) this.wereHere.set(machine.index, this.everHere(machine.index).add(before))
    this.users[machine.index] = personId
    if (machine.state?.me && machine.state.me.id !== personId) machine.ask('signOut', {}, () => undefined)
  }

  /** The directory with which the world begins, as if an administrator had loaded it. */
  private begin(): void {
    const batch: Batch = { entries: firstEntries(), answers: [], consoles: [] }
    const { epoch, base } = this.store.load(batch)
    this.judged.restart(this.store.contents.records)
    this.truth.committed(batch, { epoch, base }, this.store.contents.epochs)
  }

  /** Whoever sits at a computer signs in when it asks them to. */
  private attend(): void {
    for (const machine of this.machines) {
      const wanted = this.users[machine.index]
      const { state } = machine
      if (!wanted || !machine.on || !state || machine.sleeping || this.signingIn.has(machine.index)) continue
      if (state.me && state.me.id !== wanted) {
        machine.ask('signOut', {}, () => undefined)
        continue
      }
      if (state.connection.state !== 'signedOut' || machine.windows.size === 0) continue
      this.signingIn.add(machine.index)
      const done = this.scheduler.after(20_000, () => this.signingIn.delete(machine.index))
      machine.ask('signIn', { name: wanted, password: 'right' }, () => {
        done()
        this.signingIn.delete(machine.index)
      })
    }
    this.scheduler.after(1_500, () => this.attend())
  }

  private nodeFor(): ServerNode | undefined {
    const up = this.nodes.filter((node) => node.running)
    return up.length > 0 ? this.networkRandom.pick(up) : undefined
  }

  private outside(machine: number): Outside {
    return {
      openLink: (token, handlers) => this.openLink(machine, token, handlers),
      callHttp: (call, reply) => {
        const node = this.nodeFor()
        const travel = () => this.travel(machine)
        const there = travel()
        if (!node || there === null) {
          this.scheduler.after(this.networkRandom.between(5, 3_000), () => reply(null, null))
          return
        }
        this.scheduler.after(there, () => {
          const { status, body } = this.serveHttp(node, call)
          const back = travel()
          if (back === null) this.scheduler.after(12_000, () => reply(null, null))
          else this.scheduler.after(back, () => reply(status, body === undefined ? null : JSON.parse(JSON.stringify(body))))
        })
      },
      snapshot: (token, resume, line, ended) => this.streamSnapshot(machine, token, resume, line, ended)
    }
  }

  /** How long a message of its own takes; null when it does not arrive. */
  private travel(machine: number): number | null {
    const blocked = this.blocked.get(machine)
    if (blocked?.up || blocked?.down) return null
    if (this.calm) return this.networkRandom.wait(CALM.meanDelay)
    const { meanDelay, stall, cut } = this.plan.network
    if (this.networkRandom.chance(cut)) return null
    return this.networkRandom.wait(meanDelay) + (this.networkRandom.chance(stall) ? this.networkRandom.wait(6_000) : 0)
  }

  private serveHttp(node: ServerNode, call: Parameters<Outside['callHttp']>[0]): { readonly status: number; readonly body?: unknown } {
    if (!node.running) return { status: 503 }
    const now = node.now()
    const body = call.body as { readonly name?: string; readonly refreshToken?: string } | null
    switch (`${call.method} ${call.path}`) {
      case 'GET /desk':
        return { status: 200, body: { deskId: DESK_ID, name: 'Desk', version: '1.0.0', protocol: PROTOCOL_VERSION, sampleAccounts: [] } }
      case 'POST /session': {
        const me = this.personNamed(body?.name ?? '')
        return me?.active ? { status: 200, body: this.signIns.signIn(me, now) } : { status: 401 }
      }
      case 'POST /session/refresh': {
        const session = this.signIns.renew(body?.refreshToken ?? '', now, (id) => this.personNamed(id))
        return session ? { status: 200, body: session } : { status: 401 }
      }
      case 'DELETE /session':
        if (call.token) this.signIns.end(call.token)
        return { status: 204 }
      default:
        return { status: 404 }
    }
  }

  private openLink(machine: number, token: string, handlers: LinkHandlers): LinkHandle {
    const node = this.nodeFor()
    let seat: Seat | null = null
    let given = false
    let over = false
    const turnAway = (reason: Parameters<LinkHandlers['closed']>[0]) => {
      if (over) return
      over = true
      handlers.closed(reason)
    }
    if (!node || this.unreachable.has(machine)) {
      this.scheduler.after(this.networkRandom.between(1, 2_000), () => turnAway('unreachable'))
      return { send: () => undefined, close: () => (over = true) }
    }
    const connection = new Connection(this.scheduler, this.networkRandom, () => (this.calm ? CALM : this.plan.network), {
      toServer: (text) => {
        if (text !== 'handshake') {
          if (seat) node.heard(seat, text)
          return
        }
        if (given) return
        given = true
        const personId = this.signIns.bearer(token, node.now())
        if (personId === null || !this.personNamed(personId)?.active) connection.down('unauthenticated')
        else {
          seat = node.accept(personId, connection)
          connection.down(seat ? 'opened' : 'unreachable')
        }
      },
      toClient: (text) => {
        if (over) return
        if (text === 'opened') handlers.opened()
        else if (text === 'unauthenticated' || text === 'unreachable') {
          connection.closeFromClient()
          turnAway(text)
        } else handlers.heard(text)
      },
      clientClosed: () => turnAway('closed'),
      serverClosed: () => {
        if (seat) node.disconnected(seat)
      }
    })
    const blocked = this.blocked.get(machine)
    if (blocked?.up) connection.block('up')
    if (blocked?.down) connection.block('down')
    this.paths.push({ machine, connection })
    connection.up('handshake')
    return {
      send: (text) => connection.up(text),
      close: () => {
        // What was on its way to this end may still come out of it: the engine must know a dead socket's messages.
        if (!this.networkRandom.chance(0.3)) over = true
        connection.closeFromClient()
      }
    }
  }

  private streamSnapshot(
    machine: number,
    token: string,
    resume: string | null,
    line: (text: string) => void,
    ended: (status: number | null) => void
  ): () => void {
    let stopped = false
    const end = (status: number | null) => {
      if (!stopped) ended(status)
    }
    const there = this.travel(machine)
    const node = this.nodeFor()
    if (there === null || !node) {
      this.scheduler.after(this.networkRandom.between(5, 3_000), () => end(null))
      return () => (stopped = true)
    }
    this.scheduler.after(there, () => {
      const personId = this.signIns.bearer(token, node.now())
      if (personId === null) {
        this.scheduler.after(this.networkRandom.wait(20), () => end(401))
        return
      }
      const lines = node.snapshot(personId, resume ?? undefined)
      const pump = async () => {
        for (;;) {
          const next = await lines.next()
          if (stopped) return
          const delay = this.travel(machine)
          if (delay === null) {
            this.scheduler.after(this.networkRandom.between(10, 3_000), () => end(null))
            return
          }
          if (next.done) {
            await this.wait(delay)
            if (next.value !== 200) end(next.value)
            return
          }
          await this.wait(delay)
          if (stopped) return
          line(next.value)
        }
      }
      pump().catch((error: unknown) => {
        this.note(`snapshot broke off: ${error instanceof Error ? error.message : String(error)}`)
        end(null)
      })
    })
    return () => (stopped = true)
  }

  private wait(milliseconds: number): Promise<void> {
    return new Promise((resume) => {
      this.scheduler.after(milliseconds, resume)
    })
  }
}
