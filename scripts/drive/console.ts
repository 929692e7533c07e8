import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { BrowserWindow } from 'electron'
import { electronProgram, RUNS_AS_ROOT } from './electron.ts'
import { ROOT } from './root.ts'
import { until } from './until.ts'

export type Size = { readonly width: number; readonly height: number }

export type ConsoleApp = {
  readonly data: string
  readonly app: ElectronApplication
  /** The first window. */
  readonly page: Page
  /** The next window that opens while `act` is done. */
  readonly windowOf: (act: () => Promise<unknown>) => Promise<Page>
  /** Opens a ringdown:// link as the system would: a second start of the program, which hands it to this one. */
  readonly open: (link: string) => Promise<void>
  readonly resize: (page: Page, size: Size) => Promise<void>
  /** kill -9 on the main process; its children go with it. Resolves once it is gone. */
  readonly kill: () => Promise<void>
  /** Closes as a person would quit. */
  readonly quit: () => Promise<void>
}

export type ConsoleOptions = {
  readonly data: string
  /** Null: the console's own embedded backend. */
  readonly server: string | null
  readonly size?: Size
  readonly env?: NodeJS.ProcessEnv
  readonly args?: readonly string[]
}

/** Starts the built console as its own Electron process, on a data folder of its own. */
export async function openConsole(options: ConsoleOptions): Promise<ConsoleApp> {
  mkdirSync(options.data, { recursive: true })
  // Without executablePath Playwright takes the same program and holds the application back until it is attached; otherwise the two race.
  const app = await _electron.launch({
    args: [ROOT, ...(options.args ?? [])],
    cwd: ROOT,
    chromiumSandbox: !RUNS_AS_ROOT,
    timeout: 60_000,
    env: environment(options)
  })
  const page = await app.firstWindow()
  const main = app.process()
  const resize = async (target: Page, size: Size) => {
    const window = await app.browserWindow(target)
    await window.evaluate((shown: BrowserWindow, wanted: Size) => shown.setContentSize(wanted.width, wanted.height), size)
    await until(
      `the window is ${size.width}x${size.height}`,
      () => target.evaluate((wanted) => innerWidth === wanted.width && innerHeight === wanted.height, size),
      { seconds: 10 }
    )
  }
  await resize(page, options.size ?? { width: 1280, height: 800 })
  return {
    data: options.data,
    app,
    page,
    windowOf: async (act) => {
      const opened = app.waitForEvent('window')
      await act()
      return opened
    },
    open: async (link) => {
      const switches = RUNS_AS_ROOT ? ['--no-sandbox'] : []
      await promisify(execFile)(electronProgram(), [...switches, ROOT, link], { cwd: ROOT, env: environment(options), timeout: 30_000 })
    },
    resize,
    kill: async () => {
      main.kill('SIGKILL')
      await until('the console is gone', () => main.exitCode !== null || main.signalCode !== null)
    },
    quit: () => app.close()
  }
}

function environment(options: ConsoleOptions): Record<string, string> {
  const { RINGDOWN_SERVER: _server, ...inherited } = process.env
  const wanted: NodeJS.ProcessEnv = {
    ...inherited,
    RINGDOWN_DATA: options.data,
    ...(options.server === null ? { RINGDOWN_SAMPLE: '1' } : { RINGDOWN_SERVER: options.server }),
    ...options.env
  }
  return Object.fromEntries(Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
