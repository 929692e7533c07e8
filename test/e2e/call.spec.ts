import { expect } from '@playwright/test'
import { fillRest, NIGHT_DISPATCH, numberOnScreen, readBack, saveAndReadBack, writeCall } from '#scripts/drive/call.ts'
import { connection, findCase, openedCase, rowOf } from '#scripts/drive/desk-page.ts'
import { enterWall, SAMPLE } from '#scripts/drive/enter.ts'
import { test } from './desk.ts'

test('a call is taken by keyboard from F2 to the read-back, and another console and the wall show it at once', async ({ desk }) => {
  const agent = await desk.enter('agent', SAMPLE.agent.account)
  const engineer = await desk.enter('engineer', SAMPLE.engineer.account)
  const wall = await desk.open('wall', { args: ['--wall'] })
  await enterWall(wall.page)

  const number = await writeCall(agent.page, NIGHT_DISPATCH)
  expect(number).toMatch(/^C-\d{6,}$/)
  await expect(agent.page.getByRole('radio', { name: 'Severity 1, Critical' })).toBeChecked()
  await agent.page.keyboard.press('Control+Enter')
  await expect(readBack(agent.page)).toContainText(/severity 1, Critical.*hear from us by/)
  const by = /hear from us by (\d\d:\d\d)/.exec(await readBack(agent.page).innerText())?.[1]
  await expect(agent.page.getByLabel('What happens, in one line')).toHaveValue(NIGHT_DISPATCH.subject)
  await agent.page.keyboard.press('Enter')

  const opened = openedCase(agent.page, number)
  await expect(opened).toContainText(NIGHT_DISPATCH.subject)
  await expect(opened).toContainText('Halvorsen Freight')
  await expect(opened.getByText('read the case back to the caller')).toBeVisible()
  await expect(opened).toContainText(`next update by ${by}`)
  await expect(opened).toContainText(`due ${by}`)
  await expect(connection(agent.page)).toHaveAccessibleName('Connection: Live')

  await expect(rowOf(engineer.page, number)).toContainText(NIGHT_DISPATCH.subject)
  await expect(wall.page.getByRole('complementary', { name: 'Severity 1 now' })).toContainText('Halvorsen Freight')

  const seen = await findCase(engineer.page, number)
  await expect(seen.getByRole('region', { name: 'Timeline' })).toContainText(`${SAMPLE.agent.name} opened the case by phone`)
  await expect(seen).toContainText('Ingrid Halvorsen')
})

test('a second call rings while the first is being typed: both are kept, and each is a chip away', async ({ desk }) => {
  const agent = await desk.enter('agent', SAMPLE.agent.account)
  const { page } = agent
  await page.keyboard.press('F2')
  await page.getByLabel('Caller’s number').waitFor()
  const first = await numberOnScreen(page)
  await page.keyboard.type(NIGHT_DISPATCH.number)
  await fillRest(page, NIGHT_DISPATCH)

  await agent.open(`ringdown://call?from=${encodeURIComponent('+13035550110')}`)
  await expect(page.getByRole('status').filter({ hasText: 'Call from' })).toContainText('Carla Whitcomb')
  await page.keyboard.press('F2')
  await expect(page.getByLabel('Caller’s number')).toHaveValue('+13035550110')
  const second = await numberOnScreen(page)
  expect(second).not.toBe(first)

  await page.keyboard.press('F8')
  const parked = page.getByRole('list', { name: 'Parked' })
  await expect(parked.getByRole('button')).toHaveCount(2)
  await parked.getByRole('button', { name: new RegExp(first) }).press('Enter')
  await expect(page.getByLabel('What happens, in one line')).toHaveValue(NIGHT_DISPATCH.subject)
  await saveAndReadBack(page)
  await expect(openedCase(page, first)).toContainText('severity 1')
  await expect(parked.getByRole('button')).toHaveCount(1)
  await expect(parked).toContainText(second)
})
