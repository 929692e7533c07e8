import { expect, type Page } from '@playwright/test'
import { fillRest, NIGHT_DISPATCH, readBack } from '#scripts/drive/call.ts'
import { findCase, goTo, rowOf } from '#scripts/drive/desk-page.ts'
import { enterDesk, enterWall, SAMPLE, unlockDisk } from '#scripts/drive/enter.ts'
import { barriers } from './barriers.ts'
import { test } from './desk.ts'

async function check(page: Page, screen: string): Promise<void> {
  expect.soft(await barriers(page), screen).toEqual([])
}

test('axe finds no barrier from the first screen to a case and its forms', async ({ desk }) => {
  const { page } = await desk.open('agent')
  await page
    .getByLabel('Passphrase', { exact: true })
    .or(page.getByLabel('Name', { exact: true }))
    .first()
    .waitFor()
  await check(page, 'the first screen')
  await unlockDisk(page)
  await page.getByRole('button', { name: new RegExp(SAMPLE.agent.name) }).waitFor()
  await check(page, 'sign-in')
  await enterDesk(page, SAMPLE.agent.account)

  const row = rowOf(page, 'Claims take four minutes to save')
  await row.waitFor()
  await check(page, 'a list')
  const opened = await findCase(page, (await row.getByText(/^C-\d+$/).innerText()).trim())
  await opened.getByRole('region', { name: 'Timeline' }).getByText('opened the case').waitFor()
  await check(page, 'a case')
  for (const [key, form] of [
    ['g', 'Assign'],
    ['s', 'Change severity'],
    ['w', 'Wait'],
    ['r', 'Resolve'],
    ['e', 'Edit details']
  ] as const) {
    await opened.press(key)
    await page.getByRole('form', { name: form }).waitFor()
    await check(page, `the form ${form}`)
    await page.keyboard.press('Escape')
  }
})

test('axe finds no barrier while a call is taken, and in the other places', async ({ desk }) => {
  const { page } = await desk.enter('agent', SAMPLE.agent.account)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('halvorsen')
  await page.getByRole('dialog').getByRole('option').first().waitFor()
  await check(page, 'the palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await check(page, 'the keys')
  await page.keyboard.press('Escape')

  await page.keyboard.press('F2')
  await page.getByLabel('Caller’s number').waitFor()
  await page.keyboard.type(NIGHT_DISPATCH.number)
  await page.getByRole('listbox', { name: 'Matches' }).getByRole('option', { selected: true }).waitFor()
  await check(page, 'an intake with matches')
  await fillRest(page, NIGHT_DISPATCH)
  await page.keyboard.press('F9')
  await readBack(page).waitFor()
  await check(page, 'a full intake with its read-back')
  await page.keyboard.press('F8')

  for (const place of ['Customers', 'Needs attention', 'Settings', 'Recently closed', 'My cases']) {
    await goTo(page, place)
    await page.getByRole('heading', { name: place, level: 1 }).waitFor()
    await check(page, place)
  }
})

test('axe finds no barrier on the wall', async ({ desk }) => {
  const { page } = await desk.open('wall', { args: ['--wall'], size: { width: 1920, height: 1080 } })
  await enterWall(page)
  await page.getByRole('listitem').first().waitFor()
  await check(page, 'the wall')
})
