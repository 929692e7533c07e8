import { answerQuestion } from './engine/answer-question.ts'
import { boot } from './engine/boot.ts'
import { Core } from './engine/core.ts'
import type { After, Ports } from './engine/core.ts'
import { REBUILD_TIMER, diskTimer, flushWrites, journalFailed, journaled, roomMeasured, storeFailed, stored } from './engine/disk.ts'
import { DRAFT_TIMER, journalDrafts, journalDraftsLater } from './engine/drafts.ts'
import type { Effect } from './engine/effect.ts'
import { foldWritten, pumpFold, rebuildReplica } from './engine/fold.ts'
import { HOUSEKEEPING_TIMER, keepHouse } from './engine/housekeeping.ts'
import type { Input } from './engine/input.ts'
import { connect, giveUp, linkClosed, linkOpened, linkTimer, measureAgain } from './engine/link.ts'
import { loadFlipped, loadTimer, loadWritten, pauseLoading, snapshotEnded, snapshotLine } from './engine/load.ts'
import { pumpLease } from './engine/numbers.ts'
import { pullOverdue, pumpPull } from './engine/pull.ts'
import { OVERDUE_TIMER, PUSH_TIMER, pumpPush, pushRested } from './engine/push.ts'
import type { Reading } from './engine/reading.ts'
import { chunkDamaged, chunkLoaded, replicaLoaded, replicaOpened } from './engine/replica-boot.ts'
import { markInJournal, markInVault } from './engine/saved.ts'
import { DESK_TIMER, askDesk, httpFailed, httpReplied, timedOutCall } from './engine/session.ts'
import { takeEvent, takeReply } from './engine/take-reply.ts'
import { tellWholeBoard, tellWindow, tellWindows } from './engine/tell.ts'
import {
  UNREAD_TIMER,
  forgetWindow,
  readAhead,
  pumpTimelines,
  standingChanged,
  timelineRead,
  timelinesUnasked
} from './engine/timelines.ts'
import { takeOutstanding, timedOutRequest } from './engine/wire.ts'

/**
 * The sync engine: one deterministic state machine for a whole computer (SYNC-1). It is handed one input at a time with a reading of both
 * clocks and returns what is to be done, in order; it never waits, reads no clock, disk or network, and draws chance from its port.
 * engine-host.ts carries effects out in a worker or in Node; the simulation carries them out on simulated edges.
 */
export class Engine {
  readonly #core: Core

  constructor(ports: Ports) {
    this.#core = new Core(ports)
  }

  /** Everything the engine knows, for whoever watches over it: the simulation checks its invariants after every input. */
  get watched(): Core {
    return this.#core
  }

  handle(input: Input, at: Reading): readonly Effect[] {
    const core = this.#core
    const jumped = core.phase !== 'waiting' && core.clock.notice(at)
    core.at = at
    core.effects = []
    if (core.phase !== 'superseded') this.#take(input)
    if (jumped) {
      core.stateChanged = true
      measureAgain(core)
    }
    pumpPush(core)
    pumpPull(core)
    pumpLease(core)
    pumpTimelines(core)
    if (core.foldSoon) pumpFold(core, false)
    tellWindows(core)
    if (core.held.length > 0 && !core.reading) {
      const { held } = core
      core.held = []
      for (const { asker, question } of held) answerQuestion(core, asker, question)
      tellWindows(core)
    }
    flushWrites(core)
    return core.effects
  }

  #take(input: Input): void {
    const core = this.#core
    switch (input.type) {
      case 'boot':
        boot(core, input)
        askDesk(core)
        core.do({ type: 'setTimer', timer: HOUSEKEEPING_TIMER, delay: 60_000 })
        return connect(core)
      case 'attached':
        core.windows.add(input.window)
        return tellWindow(core, input.window)
      case 'boardWanted':
        return tellWholeBoard(core, input.window)
      case 'detached':
        core.windows.delete(input.window)
        return forgetWindow(core, input.window)
      case 'asked':
        return answerQuestion(core, { window: input.window, ask: input.ask }, input.question)
      case 'power':
        return this.#power(input.event)
      case 'serverAddress':
        return this.#serverAddress(input.url)
      case 'timer':
        return this.#timer(input.timer)
      case 'linkOpened':
        return linkOpened(core, input.link)
      case 'linkClosed':
        timelinesUnasked(core)
        return linkClosed(core, input.link, input.reason)
      case 'replied':
        return takeReply(core, input.link, input.request, input.reply)
      case 'heard':
        return takeEvent(core, input.link, input.event, input.body)
      case 'httpReplied':
        if (httpReplied(core, input.call, input.status, input.body) === 'connect') this.#connectAgain()
        return
      case 'httpFailed':
        return httpFailed(core, input.call)
      case 'snapshotLine':
        return snapshotLine(core, input.download, input.line, input.raw)
      case 'snapshotEnded':
        if (snapshotEnded(core, input.download, input.status) === 'refresh') {
          core.tokenRefused = true
          giveUp(core)
        }
        return
      case 'stored':
        return this.#carryOut(stored(core, input.ticket))
      case 'storeFailed':
        return storeFailed(core, input.ticket, input.problem)
      case 'roomMeasured':
        return roomMeasured(core, input.bytes)
      case 'journaled':
        return this.#carryOut(journaled(core, input.ticket))
      case 'journalFailed':
        journalFailed(core, input.ticket)
        return journalDraftsLater(core)
      case 'replicaOpened':
        return replicaOpened(core, input.generation, input.rows, input.timelines)
      case 'chunkLoaded':
        return chunkLoaded(core, input.generation, input.key, input.images, input.raw)
      case 'chunkDamaged':
        return chunkDamaged(core, input.generation)
      case 'replicaLoaded':
        replicaLoaded(core, input.generation, input.outcome)
        return connect(core)
      case 'timelineRead':
        return timelineRead(core, input.caseId, input.values)
    }
  }

  #timer(timer: string): void {
    const core = this.#core
    if (timedOutRequest(core, timer) !== null) {
      timelinesUnasked(core)
      return giveUp(core)
    }
    const call = timedOutCall(core, timer)
    if (call !== null) return httpFailed(core, call)
    if (timer === HOUSEKEEPING_TIMER) return keepHouse(core)
    if (timer === DESK_TIMER) return askDesk(core)
    if (timer === DRAFT_TIMER) return journalDrafts(core)
    if (timer === REBUILD_TIMER) return rebuildReplica(core)
    if (timer === UNREAD_TIMER) return readAhead(core)
    if (timer === OVERDUE_TIMER) return pullOverdue(core)
    if (timer === PUSH_TIMER) return pushRested(core)
    if (timer === 'lease') {
      core.leaseResting = false
      return
    }
    if (linkTimer(core, timer) || loadTimer(core, timer)) return
    diskTimer(core, timer)
  }

  #power(event: 'suspend' | 'resume'): void {
    const core = this.#core
    if (event === 'suspend') core.clock.suspending()
    else {
      core.clock.resumed(core.at)
      // What the socket looked like before the sleep says nothing about now.
      if (core.link.at !== 'idle') this.#connectAgain()
    }
  }

  #serverAddress(url: string | null): void {
    const core = this.#core
    if (url === core.serverUrl) return
    core.serverUrl = url
    core.desk = null
    core.stateChanged = true
    askDesk(core)
    this.#connectAgain()
  }

  /** Tries at once, whatever the link was doing. */
  #connectAgain(): void {
    const core = this.#core
    pauseLoading(core)
    core.link = 'link' in core.link ? this.#closed(core.link.link) : { at: 'idle' }
    core.attempt = 0
    connect(core)
  }

  #closed(link: number): { readonly at: 'idle' } {
    this.#core.do({ type: 'closeLink', link })
    for (const number of this.#core.outstanding.keys()) {
      const one = takeOutstanding(this.#core, number)
      if (one?.for === 'search') this.#core.answer(one.asker, { unavailable: true })
    }
    return { at: 'idle' }
  }

  #carryOut(afters: readonly After[]): void {
    const core = this.#core
    for (const after of afters) {
      switch (after.do) {
        case 'inVault':
          standingChanged(core, markInVault(core, after.commandIds))
          break
        case 'inJournal':
          standingChanged(core, markInJournal(core, after.commandIds))
          break
        case 'answer':
          core.answer(after.asker, after.answer)
          break
        case 'loaded':
          loadWritten(core, after.generation)
          break
        case 'flipped':
          loadFlipped(core, after.generation)
          break
        case 'folded':
          if (foldWritten(core)) pumpFold(core, true)
          break
      }
    }
  }
}
