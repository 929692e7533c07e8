import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { fillRest, NIGHT_DISPATCH, readBack } from '#scripts/drive/call.ts'
import { findCase, goTo, rowOf } from '#scripts/drive/desk-page.ts'
import { enterDesk, enterWall, SAMPLE, unlockDisk } from '#scripts/drive/enter.ts'
import { test } from './desk.ts'

/** What axe calls serious or critical on what is on screen, in both colour schemes. */
async function barriers(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Its other mode opens a page of its own, which an Electron application has no room for.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    for (const violation of violations)
      if (violation.impact === 'serious' || violation.impact === 'critical')
        found.push(
          ...violation.nodes.map((node) => `${colorScheme} ${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`)
        )
  }
  return found
}

test('axe finds no barrier on any screen of the console', async ({ desk }) => {
  const { page } = await desk.open('agent')
  const check = async (screen: string) => expect.soft(await barriers(page), screen).toEqual([])
  await page
    .getByLabel('Passphrase', { exact: true })
    .or(page.getByLabel('Name', { exact: true }))
    .first()
    .waitFor()
  await check('the first screen')
  await unlockDisk(page)
  await page.getByRole('button', { name: new RegExp(SAMPLE.agent.name) }).waitFor()
  await check('sign-in')
  await enterDesk(page, SAMPLE.agent.account)

  const row = rowOf(page, 'Claims take four minutes to save')
  await row.waitFor()
  await check('a list')
  const opened = await findCase(page, (await row.getByText(/^C-\d+$/).innerText()).trim())
  await opened.getByRole('region', { name: 'Timeline' }).getByText('opened the case').waitFor()
  await check('a case')
  for (const [key, form] of [
    ['g', 'Assign'],
    ['s', 'Change severity'],
    ['w', 'Wait'],
    ['r', 'Resolve'],
    ['e', 'Edit details']
  ] as const) {
    await opened.press(key)
    await page.getByRole('form', { name: form }).waitFor()
    await check(`the form ${form}`)
    await page.keyboard.press('Escape')
  }

  await page.keyboard.press('Control+k')
  await page.keyboard.type('halvorsen')
  await page.getByRole('option').first().waitFor()
  await check('the palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await check('the keys')
  await page.keyboard.press('Escape')

  await page.keyboard.press('F2')
  await page.getByLabel('Caller’s number').waitFor()
  await page.keyboard.type(NIGHT_DISPATCH.number)
  await page.getByRole('listbox', { name: 'Matches' }).getByRole('option', { selected: true }).waitFor()
  await check('an intake with matches')
  await fillRest(page, NIGHT_DISPATCH)
  await check('a full intake')
  await page.keyboard.press('F9')
  await readBack(page).waitFor()
  await check('the read-back')
  await page.keyboard.press('F8')

  for (const place of ['Customers', 'Needs attention', 'Settings', 'Recently closed', 'My cases']) {
    await goTo(page, place)
    await page.getByRole('heading', { name: place, level: 1 }).waitFor()
    await check(place)
  }
})

test('axe finds no barrier on the wall', async ({ desk }) => {
  const { page } = await desk.open('wall', { args: ['--wall'], size: { width: 1920, height: 1080 } })
  await enterWall(page)
  await page.getByRole('listitem').first().waitFor()
  expect(await barriers(page)).toEqual([])
})
