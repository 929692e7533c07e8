import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type TestInfo } from '@playwright/test'
import { startBackend, type Backend } from '#scripts/drive/backend.ts'
import { openConsole, type ConsoleApp, type ConsoleOptions } from '#scripts/drive/console.ts'
import { enterDesk } from '#scripts/drive/enter.ts'
import { copySeededDesk } from './seeded-desk.ts'

export type Desk = {
  readonly folder: string
  readonly backend: Backend
  /** Starts the console of this name; the same name again, after it was killed or quit, is the same computer. */
  readonly open: (name: string, options?: Partial<ConsoleOptions>) => Promise<ConsoleApp>
  /** The same, signed in. */
  readonly enter: (name: string, account: string, options?: Partial<ConsoleOptions>) => Promise<ConsoleApp>
}

/** A freshly seeded desk with its own backend for each test; all that was started is stopped and deleted afterwards. */
export const test = base.extend<{ desk: Desk }>({
  // Playwright reads the names of the fixtures it needs from this pattern.
  // oxlint-disable-next-line no-empty-pattern
  desk: async ({}, provide, info) => {
    const folder = mkdtempSync(join(tmpdir(), 'ringdown-e2e-'))
    copySeededDesk(join(folder, 'desk'))
    const backend = await startBackend({ data: join(folder, 'desk'), sampleDesk: true })
    const consoles: ConsoleApp[] = []
    const open: Desk['open'] = async (name, options) => {
      const opened = await openConsole({ data: join(folder, name), server: backend.url, ...options })
      consoles.push(opened)
      return opened
    }
    try {
      await provide({
        folder,
        backend,
        open,
        enter: async (name, account, options) => {
          const opened = await open(name, options)
          await enterDesk(opened.page, account)
          return opened
        }
      })
      if (info.status !== info.expectedStatus) await keepEvidence(info, backend, consoles)
    } finally {
      for (const console_ of consoles) await console_.kill()
      await backend.kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
})

async function keepEvidence(info: TestInfo, backend: Backend, consoles: readonly ConsoleApp[]): Promise<void> {
  await info.attach('backend.log', { path: backend.log })
  for (const [index, opened] of consoles.entries()) {
    const log = join(opened.data, 'logs', 'main.log')
    if (existsSync(log)) await info.attach(`console-${index}.log`, { path: log })
    for (const page of opened.app.windows()) {
      if (page.isClosed()) continue
      const path = info.outputPath(`console-${index}-${opened.app.windows().indexOf(page)}.png`)
      await page
        .screenshot({ path, timeout: 5_000 })
        .catch((error: unknown) => info.annotations.push({ type: 'no picture', description: String(error) }))
    }
  }
}
