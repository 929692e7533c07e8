import { expect } from '@playwright/test'
import { NIGHT_DISPATCH, saveAndReadBack, writeCall } from '#scripts/drive/call.ts'
import { connection, findCase, rowOf, runCommand } from '#scripts/drive/desk-page.ts'
import { SAMPLE } from '#scripts/drive/enter.ts'
import { test } from './desk.ts'

test('two windows of one console share one engine: one sign-in, one outbox, one board', async ({ desk }) => {
  const console_ = await desk.enter('agent', SAMPLE.agent.account)
  const first = console_.page
  const second = await console_.windowOf(() => runCommand(first, 'Open another console window'))
  await expect(second.getByRole('button', { name: `Signed in as ${SAMPLE.agent.name}, Agent` })).toBeVisible()

  await desk.backend.kill()
  await expect(connection(first)).toHaveAccessibleName(/Offline since/)
  await expect(connection(second)).toHaveAccessibleName(/Offline since/)

  const number = await writeCall(first, NIGHT_DISPATCH)
  await saveAndReadBack(first)
  await expect(rowOf(second, number)).toBeVisible()
  await expect(connection(second)).toContainText('2 changes waiting')

  await first.close()
  const opened = await findCase(second, number)
  await opened.press('n')
  await second.keyboard.type('From the window that stayed')
  await second.keyboard.press('Control+Enter')
  await expect(connection(second)).toContainText('3 changes waiting')

  await desk.backend.start()
  await expect(connection(second)).toHaveAccessibleName('Connection: Live', { timeout: 30_000 })
  await expect(connection(second)).not.toContainText('waiting')

  const other = await desk.enter('other', SAMPLE.engineer.account)
  const landed = await findCase(other.page, number)
  await expect(landed.getByRole('region', { name: 'Timeline' })).toContainText('From the window that stayed')
})
