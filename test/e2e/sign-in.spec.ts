import { expect } from '@playwright/test'
import { SAMPLE, signIn, unlockDisk } from '#scripts/drive/enter.ts'
import { connection } from '#scripts/drive/desk-page.ts'
import { test } from './desk.ts'

test('a person signs in by keyboard, is told when the password is wrong, and sees the desk live', async ({ desk }) => {
  const { page } = await desk.open('agent')
  await unlockDisk(page)

  await page.getByLabel('Name', { exact: true }).fill(SAMPLE.agent.account)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText(/password/i)

  await signIn(page, SAMPLE.agent.account)
  await expect(connection(page)).toHaveAccessibleName('Connection: Live')
  await expect(page.getByRole('button', { name: `Signed in as ${SAMPLE.agent.name}, Agent` })).toBeVisible()
  await expect(page.getByRole('grid', { name: /cases$/ })).toBeVisible()
})

test('the sample desk offers its people, one key each', async ({ desk }) => {
  const { page } = await desk.open('agent')
  await unlockDisk(page)
  await page.getByRole('button', { name: new RegExp(SAMPLE.lead.name) }).press('Enter')
  await expect(page.getByRole('button', { name: `Signed in as ${SAMPLE.lead.name}, Team lead` })).toBeVisible()
})
