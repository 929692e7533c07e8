import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { RUNS_AS_ROOT } from './electron.ts'
import { startProgram } from './process.ts'
import { ROOT } from './root.ts'
import { until } from './until.ts'

export type PackagedConsole = {
  readonly page: Page
  /** Closes the window, which quits, and waits for the end. Returns the exit code. */
  readonly quit: () => Promise<number | null>
  readonly kill: () => Promise<void>
}

const Targets = z.array(z.object({ type: z.string(), url: z.string() }))

/**
 * Starts a packaged application as a person would, and drives its first window from outside through the debugging port, which only packages made for
 * tests open. The main process is not touched: the fuses of a package keep everybody out of it.
 */
export async function openPackaged(program: string, data: string): Promise<PackagedConsole> {
  mkdirSync(data, { recursive: true })
  const log = join(data, 'packaged.log')
  const before = logLength(log)
  const running = startProgram(program, ['--remote-debugging-port=0', ...(RUNS_AS_ROOT ? ['--no-sandbox'] : [])], {
    cwd: ROOT,
    log,
    env: { ...process.env, RINGDOWN_DATA: data, RINGDOWN_SAMPLE: '1' }
  })
  let address: string | undefined
  await until(
    'the packaged application shows its first page',
    async () => {
      if (!running.running()) throw new Error('it ended')
      address = /DevTools listening on ws:\/\/([^/]+)\//.exec(readFileSync(log, 'utf8').slice(before))?.[1]
      if (address === undefined) return false
      // Attaching to a page that is just being made leaves the driver waiting for ever.
      const targets = Targets.parse(await (await fetch(`http://${address}/json/list`)).json())
      return targets.some(({ type, url }) => type === 'page' && url.startsWith('app://'))
    },
    { seconds: 60 }
  )
  const browser = await chromium.connectOverCDP(`http://${address}`)
  const page = browser.contexts()[0]?.pages()[0]
  if (!page) throw new Error('the packaged application has no window')
  return {
    page,
    quit: async () => {
      if (running.running()) await page.close()
      await until('the packaged application quits', () => !running.running(), { seconds: 40 })
      await browser.close()
      return (await running.ended).code
    },
    kill: async () => {
      running.signal('SIGKILL')
      await until('the packaged application is gone', () => !running.running())
      await browser.close()
    }
  }
}

function logLength(log: string): number {
  try {
    return readFileSync(log, 'utf8').length
  } catch {
    return 0
  }
}
