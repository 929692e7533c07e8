import { DAY, HOUR, MINUTE } from '#shared/domain/instant.ts'
import type { Machine } from './console/machine.ts'
import { PEOPLE } from './desk.ts'
import type { TROUBLE } from './plan.ts'
import { random } from './random.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** Two restores of one backup lie this far apart at least (server/numbers.ts says why). */
const RESTORE_TAKES = 3 * MINUTE

/** A disk with room enough. */
export const ROOMY = 50_000_000_000

export type TroubleAct = (typeof TROUBLE)[number]

/** Lets something befall the world. What was broken is mended again after a while, or at the latest when the world heals. */
export function befall(world: World, act: TroubleAct, who: number, r: number): void {
  const draw = random('trouble', act, r)
  const machine = world.machines[who % world.machines.length]
  const node = world.nodes[who % world.nodes.length]
  if (!machine || !node) return
  const later = (mean: number, run: () => void) => world.scheduler.after(200 + draw.wait(mean), run)
  const { storage, clock } = machine.ports
  switch (act) {
    case 'consoleKill':
      machine.kill()
      later(draw.pick([500, 5_000, 60_000]), () => machine.start())
      return
    case 'consolePowerCut':
      machine.powerCut()
      later(draw.pick([2_000, 60_000]), () => machine.start())
      return
    case 'wipeBrowserStorage':
      forgetYoungDrafts(world, machine)
      machine.kill()
      storage.wipeBrowserStorage()
      world.lostMemory = true
      later(2_000, () => machine.start())
      return
    case 'diskFull':
      // Either there is no room left at all, or the engine is told in time that there is little.
      if (draw.chance(0.6)) storage.setFull(true)
      else machine.drive({ type: 'roomMeasured', bytes: 1 })
      later(20_000, () => {
        storage.setFull(false)
        machine.drive({ type: 'roomMeasured', bytes: ROOMY })
      })
      return
    case 'corruptChunk':
      storage.corruptReplica()
      if (draw.chance(0.7)) {
        machine.kill()
        later(1_000, () => machine.start())
      }
      return
    case 'journalFails':
      storage.setJournalBroken(true)
      later(15_000, () => storage.setJournalBroken(false))
      return
    case 'cutConnection':
      for (const connection of world.connectionsOf(machine.index)) connection.cut()
      return
    case 'blockUp':
      world.block(machine.index, 'up')
      later(draw.pick([3_000, 30_000]), () => world.unblock(machine.index))
      return
    case 'blockDown':
      world.block(machine.index, 'down')
      later(draw.pick([3_000, 30_000]), () => world.unblock(machine.index))
      return
    case 'partition':
      world.block(machine.index, 'up')
      world.block(machine.index, 'down')
      later(draw.pick([5_000, 60_000, 600_000]), () => world.unblock(machine.index))
      return
    case 'dropAnswers':
      // A push reaches the server, its answer never the console.
      world.block(machine.index, 'down')
      later(1_000, () => {
        for (const connection of world.connectionsOf(machine.index)) connection.cut()
        world.unblock(machine.index)
      })
      return
    case 'nodeKill':
      node.kill()
      later(draw.pick([500, 5_000, 30_000]), () => {
        if (!node.up) node.start()
      })
      return
    case 'nodeDrain':
      node.drain()
      later(3_000, () => {
        if (!node.up) node.start()
      })
      return
    case 'storeCrash':
      world.store.crash()
      later(2_000, () => world.store.start())
      return
    case 'backup':
      world.takeBackup()
      return
    case 'restoreBackup':
      return restore(world, draw)
    case 'pruneFeed':
      prune(world, draw)
      return
    case 'clockJump':
      if (!machine.sleeping) clock.setWall((draw.chance(0.5) ? 1 : -1) * draw.between(1_000, DAY))
      return
    case 'sleep':
      machine.sleep(draw.pick([2_000, 30_000, 1_200_000]))
      return
    case 'userSwitch':
      world.switchUser(machine, draw.pick(PEOPLE).id)
      return
    case 'expireToken':
      world.signIns.expire(world.users[machine.index] ?? '', draw.chance(0.3))
      return
    case 'upgradeConsole':
      machine.kill()
      machine.version = `1.0.${draw.between(1, 99)}`
      later(3_000, () => machine.start())
      return
    case 'secondEngine':
    case 'longSilence':
      return
  }
}

/** Old images leave the log. Two weeks old in a real desk, so every running server node has long read them. */
function prune(world: World, draw: Random): void {
  const read = world.nodes.map((one) => one.running?.end().head ?? 0)
  world.store.contents.prune(Math.max(0, Math.min(...read, world.store.contents.head) - draw.between(0, 20)))
}

/** An operator puts a backup back, which takes hours in which nobody works; with or without the server nodes being restarted. */
function restore(world: World, draw: Random): void {
  const restarted = draw.chance(0.5)
  world.store.crash()
  if (restarted) for (const node of world.nodes) node.kill()
  world.scheduler.leap(RESTORE_TAKES + draw.pick([0, draw.wait(600_000), 3 * HOUR]))
  world.restore(draw.bits())
  world.store.start()
  if (restarted) for (const node of world.nodes) node.start()
}

/** The journal follows a draft's keystrokes by seconds of a running console with sound disks: what is younger has only the store that is lost now. */
function forgetYoungDrafts(world: World, machine: Machine): void {
  const sound = machine.ports.storage.sound
  const runs = machine.core === null ? null : machine.runsSince
  const since = sound === null || runs === null ? null : Math.max(sound, runs)
  for (const [key, kept] of world.ledger.drafts)
    if (kept.machine === machine.index && (since === null || machine.movedAt - Math.max(since, kept.at) < 10_000))
      world.ledger.drafts.delete(key)
}
