import { fork, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '#scripts/drive/until.ts'
import { Said, type Order, type Report, type Standing } from './console-words.ts'
import type { Ledger } from './ledger.ts'

export type ConsoleHandle = {
  readonly name: string
  /** Starts its process on its folder, the first time or again, and signs its person in if need be. */
  readonly start: () => Promise<void>
  readonly kill: () => Promise<void>
  readonly running: () => boolean
  /** Resolves when it gave that many commands, or when it was killed before. */
  readonly work: (commands: number, longestPause: number, seed: string) => Promise<void>
  readonly standing: () => Promise<Standing>
  readonly report: () => Promise<Report>
}

export type ConsoleSetting = {
  readonly name: string
  readonly folder: string
  readonly server: string
  readonly account: string
  readonly password: string
  readonly ledger: Ledger
}

const PROGRAM = join(import.meta.dirname, 'console-process.ts')

/** A console process in the driver's hand. What it says as saved goes to the ledger at once. */
export function consoleHandle(setting: ConsoleSetting): ConsoleHandle {
  const { name, folder, server, ledger } = setting
  mkdirSync(folder, { recursive: true })
  let child: ChildProcess | null = null
  let waiting: { readonly said: Said['said']; readonly settle: (said: Said | null) => void } | null = null

  const ask = async (order: Order, answer: Said['said'], seconds: number): Promise<Said | null> => {
    const process_ = child
    if (!process_?.connected) return null
    const { promise, resolve, reject } = Promise.withResolvers<Said | null>()
    const timer = setTimeout(() => reject(new Error(`${name} did not answer "${order.do}" within ${seconds} s`)), seconds * 1000)
    waiting = { said: answer, settle: resolve }
    // A send to a process that was just killed fails; its exit settles the promise.
    process_.send(order, () => undefined)
    try {
      const said = await promise
      if (said?.said === 'failed') throw new Error(`${name} could not ${said.doing}: ${said.message}`)
      return said
    } finally {
      clearTimeout(timer)
    }
  }

  const hear = (said: Said) => {
    if (said.said === 'saved') ledger.saved(name, said.given)
    else if (said.said === 'confirmed') ledger.confirmed(said.id, said.outcome)
    else if (said.said === 'complained') ledger.complained(`${name}: ${said.about}: ${said.message}`)
    else if (waiting && (said.said === waiting.said || said.said === 'failed')) {
      waiting.settle(said)
      waiting = null
    }
  }

  return {
    name,
    start: async () => {
      const log = openSync(join(folder, 'console.log'), 'a')
      const started = fork(PROGRAM, [folder, server], { stdio: ['ignore', log, log, 'ipc'], execArgv: [] })
      closeSync(log)
      child = started
      started.on('message', (message) => hear(Said.parse(message)))
      started.once('exit', () => {
        if (child !== started) return
        waiting?.settle(null)
        waiting = null
      })
      const said = await ask({ do: 'enter', account: setting.account, password: setting.password }, 'entered', 60)
      if (said === null && child === started && !killedOnPurpose(started))
        throw new Error(`${name} ended while starting; see ${join(folder, 'console.log')}`)
    },
    kill: async () => {
      const victim = child
      if (!victim) return
      victim.kill('SIGKILL')
      await until(`${name} is gone`, () => victim.exitCode !== null || victim.signalCode !== null)
    },
    running: () => child !== null && child.exitCode === null && child.signalCode === null,
    work: async (commands, longestPause, seed) => {
      await ask({ do: 'work', commands, pause: longestPause, seed }, 'worked', 300)
    },
    standing: async () => {
      const said = await ask({ do: 'stand' }, 'standing', 60)
      if (said?.said !== 'standing') throw new Error(`${name} is not running`)
      return said.standing
    },
    report: async () => {
      const said = await ask({ do: 'report' }, 'report', 60)
      if (said?.said !== 'report') throw new Error(`${name} is not running`)
      return said.report
    }
  }
}

function killedOnPurpose(child: ChildProcess): boolean {
  return child.signalCode === 'SIGKILL'
}
