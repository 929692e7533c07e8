import { setTimeout as pause } from 'node:timers/promises'
import { expect } from '@playwright/test'
import type { BrowserWindow } from 'electron'
import type { ConsoleApp } from '#scripts/drive/console.ts'
import { connection, findCase, rowOf, runCommand } from '#scripts/drive/desk-page.ts'
import { SAMPLE } from '#scripts/drive/enter.ts'
import { until } from '#scripts/drive/until.ts'
import { test } from './desk.ts'
import { KEPT_AFTER_MS } from './promises.ts'

/** The processes of pages and workers, by whether they draw one of the windows. */
async function processesOf(console_: ConsoleApp): Promise<{ readonly windows: readonly number[]; readonly workers: readonly number[] }> {
  return console_.app.evaluate(({ app, BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId())
    const pages = app.getAppMetrics().flatMap(({ type, pid }) => (type === 'Tab' ? [pid] : []))
    return { windows, workers: pages.filter((pid) => !windows.includes(pid)) }
  })
}

test('the engine is killed with -9: another one takes over from disk, and work given meanwhile is saved and sent', async ({ desk }) => {
  const agent = await desk.enter('agent', SAMPLE.agent.account)
  const { page } = agent
  const number = (
    await rowOf(page, 'C-')
      .first()
      .getByText(/^C-\d+$/)
      .innerText()
  ).trim()
  const opened = await findCase(page, number)
  await opened.press('n')
  await page.keyboard.type('Half written when the engine died')

  const before = await processesOf(agent)
  expect(before.workers).not.toEqual([])
  for (const pid of before.workers) process.kill(pid, 'SIGKILL')
  await until('another engine runs', async () => {
    const { workers } = await processesOf(agent)
    return workers.some((pid) => !before.workers.includes(pid))
  })

  await page.keyboard.type(', finished afterwards')
  await page.keyboard.press('Control+Enter')
  const timeline = opened.getByRole('region', { name: 'Timeline' })
  await expect(timeline).toContainText('Half written when the engine died, finished afterwards')
  await expect(connection(page)).toHaveAccessibleName('Connection: Live', { timeout: 30_000 })
  await expect(connection(page)).not.toContainText('waiting')
  const other = await desk.enter('other', SAMPLE.engineer.account)
  await expect((await findCase(other.page, number)).getByRole('region', { name: 'Timeline' })).toContainText('finished afterwards')
})

test('the page of a window is killed with -9: it comes back by itself, where it was and with what was typed', async ({ desk }) => {
  const agent = await desk.enter('agent', SAMPLE.agent.account)
  // The engine lives as long as some window does.
  const second = await agent.windowOf(() => runCommand(agent.page, 'Open another console window'))
  await connection(second).waitFor()
  const number = (
    await rowOf(agent.page, 'C-')
      .first()
      .getByText(/^C-\d+$/)
      .innerText()
  ).trim()
  await (await findCase(agent.page, number)).press('n')
  await agent.page.keyboard.type('Typed before the page died')
  await expect(agent.page.getByText('Draft kept on this computer')).toBeVisible()
  await pause(KEPT_AFTER_MS)

  const shown = await agent.app.browserWindow(agent.page)
  const id = await shown.evaluate((window: BrowserWindow) => window.id)
  const processOf = () =>
    agent.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.fromId(wanted)?.webContents.getOSProcessId() ?? 0, id)
  const before = await processOf()
  process.kill(before, 'SIGKILL')
  await until('another page draws the window', async () => {
    const now = await processOf()
    return now > 0 && now !== before
  })

  // Playwright gives a page that crashed up for good, so it is asked through its window.
  const inPage = (script: string) =>
    agent.app.evaluate(
      ({ BrowserWindow }, [wanted, code]) => BrowserWindow.fromId(wanted)?.webContents.executeJavaScript(code) as Promise<unknown>,
      [id, script] as const
    )
  await until(
    'the case is open again',
    async () => (await inPage(`document.querySelector('article')?.getAttribute('aria-label')`)) === `Case ${number}`
  )
  await inPage(`document.querySelector('article').focus(), dispatchEvent(new KeyboardEvent('keydown', { key: 'n' }))`)
  await expect.poll(() => inPage(`document.querySelector('article textarea')?.value`)).toBe('Typed before the page died')
})
