import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { NIGHT_DISPATCH, saveAndReadBack, writeCall } from '#scripts/drive/call.ts'
import { connection, findCase } from '#scripts/drive/desk-page.ts'
import { openPackaged } from '#scripts/drive/packaged.ts'
import { enterDesk, SAMPLE } from '#scripts/drive/enter.ts'
import { ROOT } from '#scripts/drive/root.ts'

const PROGRAM = join(
  ROOT,
  'dist',
  'driven',
  ...(process.platform === 'darwin'
    ? [`mac${process.arch === 'arm64' ? '-arm64' : ''}`, 'Ringdown.app', 'Contents', 'MacOS', 'Ringdown']
    : process.platform === 'win32'
      ? ['win-unpacked', 'Ringdown.exe']
      : [process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`, 'ringdown'])
)

const Line = z.object({ message: z.string(), pid: z.number().optional() })

test.beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'package.ts'), '--dir', '--driven'], { cwd: ROOT, stdio: 'ignore' })
})

test('the packaged console with its own backend takes a case, and loses nothing when it quits, when it is killed and when the backend is killed', async () => {
  const data = mkdtempSync(join(tmpdir(), 'ringdown-packaged-'))
  const open = () => openPackaged(PROGRAM, data)
  let console_ = await open()
  try {
    await enterDesk(console_.page, SAMPLE.agent.account)
    const number = await writeCall(console_.page, NIGHT_DISPATCH)
    await saveAndReadBack(console_.page)
    await expect(connection(console_.page)).toHaveAccessibleName('Connection: Live')
    await expect(connection(console_.page)).not.toContainText('waiting')

    expect(await console_.quit()).toBe(0)
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
    console_ = await open()
    await enterDesk(console_.page, SAMPLE.agent.account)
    const opened = await findCase(console_.page, number)
    await expect(opened).toContainText(NIGHT_DISPATCH.subject)
    await opened.press('n')
    await console_.page.keyboard.type('Written after the restart')
    await console_.page.keyboard.press('Control+Enter')
    await expect(opened.getByRole('region', { name: 'Timeline' })).toContainText('Written after the restart')

    await console_.kill()
    console_ = await open()
    await enterDesk(console_.page, SAMPLE.agent.account)
    await expect(connection(console_.page)).toHaveAccessibleName('Connection: Live', { timeout: 60_000 })
    const again = await findCase(console_.page, number)
    await expect(again.getByRole('region', { name: 'Timeline' })).toContainText('Written after the restart')
    await expect(again.getByRole('region', { name: 'Timeline' })).toContainText('read the case back to the caller')

    const killed = backendOf(data)
    process.kill(killed, 'SIGKILL')
    await again.press('n')
    await console_.page.keyboard.type('Written while the backend was gone')
    await console_.page.keyboard.press('Control+Enter')
    await expect(again.getByRole('region', { name: 'Timeline' })).toContainText('Written while the backend was gone')
    await expect.poll(() => backendOf(data)).not.toBe(killed)
    await expect(connection(console_.page)).toHaveAccessibleName('Connection: Live', { timeout: 60_000 })
    await expect(connection(console_.page)).not.toContainText('waiting')
  } finally {
    await console_.quit()
    rmSync(data, { recursive: true, force: true, maxRetries: 10 })
  }
})

/** The process of the embedded backend, as the application's log names it. */
function backendOf(data: string): number {
  const started = readFileSync(join(data, 'logs', 'main.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))
  return started.findLast(({ message }) => message === 'embedded server started')?.pid ?? -1
}
