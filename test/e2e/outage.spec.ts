import { expect } from '@playwright/test'
import { NIGHT_DISPATCH, saveAndReadBack, writeCall } from '#scripts/drive/call.ts'
import { connection, findCase, openedCase, rowOf } from '#scripts/drive/desk-page.ts'
import { SAMPLE } from '#scripts/drive/enter.ts'
import { test } from './desk.ts'

test('the backend is killed in the middle of a call: work goes on with a real number, and everything lands when it is back', async ({
  desk
}) => {
  const agent = await desk.enter('agent', SAMPLE.agent.account)
  const engineer = await desk.enter('engineer', SAMPLE.engineer.account)
  await expect(connection(agent.page)).toHaveAccessibleName('Connection: Live')

  await agent.page.keyboard.press('F2')
  await agent.page.getByLabel('Caller’s number').waitFor()
  await desk.backend.kill()
  await expect(connection(agent.page)).toHaveAccessibleName(/^Connection: Offline since \d\d:\d\d$/)
  await expect(connection(engineer.page)).toHaveAccessibleName(/^Connection: Offline since \d\d:\d\d$/)

  const number = await writeCall(agent.page, NIGHT_DISPATCH)
  expect(number).toMatch(/^C-\d{6,}$/)
  await saveAndReadBack(agent.page)
  const opened = openedCase(agent.page, number)
  await expect(opened).toContainText('saved here, not yet confirmed')
  await expect(connection(agent.page)).toContainText('2 changes waiting')

  const row = rowOf(engineer.page, 'C-').first()
  const other = (await row.getByText(/^C-\d+$/).innerText()).trim()
  const theirs = await findCase(engineer.page, other)
  await theirs.press('n')
  await engineer.page.keyboard.type('Written while the desk was gone')
  await engineer.page.keyboard.press('Control+Enter')
  await expect(theirs.getByRole('region', { name: 'Timeline' })).toContainText('Written while the desk was gone')

  await desk.backend.start()
  await expect(connection(agent.page)).toHaveAccessibleName('Connection: Live', { timeout: 30_000 })
  await expect(connection(engineer.page)).toHaveAccessibleName('Connection: Live', { timeout: 30_000 })
  await expect(connection(agent.page)).not.toContainText('waiting')
  await expect(opened).not.toContainText('not yet confirmed')

  const landed = await findCase(engineer.page, number)
  await expect(landed).toContainText(NIGHT_DISPATCH.subject)
  await expect(landed.getByRole('region', { name: 'Timeline' })).toContainText('read the case back to the caller')
  const noted = await findCase(agent.page, other)
  await expect(noted.getByRole('region', { name: 'Timeline' })).toContainText('Written while the desk was gone')
})
