import { expect } from '@playwright/test'
import { connection, findCase, goTo, openedCase, rowOf } from '#scripts/drive/desk-page.ts'
import { SAMPLE } from '#scripts/drive/enter.ts'
import { cuttingProxy } from '#test/load/cutting-proxy.ts'
import { test } from './desk.ts'

const RESOLVED = 'Two cash machines report no connection'
const CONTESTED = 'Delivery notes print twice'

test('work that the desk must refuse waits whole in Needs attention, with the reason and what came between', async ({ desk }) => {
  const network = await cuttingProxy(() => desk.backend.port)
  try {
    const away = await desk.enter('away', SAMPLE.agent.account, { server: network.url })
    const there = await desk.enter('there', SAMPLE.secondAgent.account)
    const resolvedNumber = await numberOf(away.page, RESOLVED)
    const contestedNumber = await numberOf(away.page, CONTESTED)

    network.unplug()
    await expect(connection(away.page)).toHaveAccessibleName(/Offline since/)
    const mine = await findCase(away.page, resolvedNumber)
    await mine.press('r')
    await away.page.getByRole('form', { name: 'Resolve' }).waitFor()
    await away.page.keyboard.type('Modem at the branch restarted, both machines answer')
    await away.page.keyboard.press('Control+Enter')
    await expect(mine).toContainText('Resolved')

    const theirs = await findCase(there.page, resolvedNumber)
    await theirs.press('l')
    await there.page.keyboard.type('They called: it is down again')
    await there.page.keyboard.press('Control+Enter')
    await expect(theirs.getByRole('region', { name: 'Timeline' })).toContainText('They called: it is down again')
    await (await findCase(there.page, contestedNumber)).press('a')
    await expect(openedCase(there.page, contestedNumber)).toContainText('In progress')
    await (await findCase(away.page, contestedNumber)).press('a')
    await expect(openedCase(away.page, contestedNumber)).toContainText('In progress')

    network.plugIn()
    await expect(connection(away.page)).toHaveAccessibleName('Connection: Live', { timeout: 40_000 })
    await expect(away.page.getByRole('button', { name: /^Needs attention 2$/ })).toBeVisible()
    await goTo(away.page, 'Needs attention')
    const resolve = away.page.getByRole('article', { name: 'Resolve' })
    await expect(resolve).toContainText('Modem at the branch restarted, both machines answer')
    await expect(resolve).toContainText('Somebody changed it meanwhile')
    await expect(resolve).toContainText('They called: it is down again')
    const acknowledge = away.page.getByRole('article', { name: 'Acknowledge' })
    await expect(acknowledge).toContainText(`${SAMPLE.secondAgent.name} acknowledged it first`)

    await acknowledge.getByRole('button', { name: 'Discard' }).press('Enter')
    const ask = away.page.getByRole('dialog', { name: 'Discard this for good?' })
    await ask.getByRole('button', { name: 'Keep' }).press('Enter')
    await expect(acknowledge).toBeVisible()
    await acknowledge.getByRole('button', { name: 'Discard' }).press('Enter')
    await ask.getByRole('button', { name: 'Discard' }).press('Enter')
    await expect(acknowledge).toHaveCount(0)

    await resolve.getByRole('button', { name: 'Apply again' }).press('Enter')
    await expect(away.page.getByText('Nothing needs your attention.')).toBeVisible()
    await expect((await findCase(there.page, resolvedNumber)).getByRole('region', { name: 'Timeline' })).toContainText(
      'Modem at the branch restarted, both machines answer'
    )
  } finally {
    await network.close()
  }
})

test('signing out keeps what was not sent, and it waits for its owner while somebody else works here', async ({ desk }) => {
  const network = await cuttingProxy(() => desk.backend.port)
  try {
    const { page } = await desk.enter('shared', SAMPLE.agent.account, { server: network.url })
    const number = await numberOf(page, RESOLVED)
    network.unplug()
    await expect(connection(page)).toHaveAccessibleName(/Offline since/)
    await (await findCase(page, number)).press('n')
    await page.keyboard.type('Written before signing out')
    await page.keyboard.press('Control+Enter')
    await expect(connection(page)).toContainText('1 change waiting')

    await goTo(page, 'Settings')
    await page.getByRole('button', { name: 'Sign out' }).press('Enter')
    const ask = page.getByRole('dialog', { name: 'Sign out?' })
    await expect(ask).toContainText('1 change is still waiting')
    await ask.getByRole('button', { name: 'Sign out' }).press('Enter')
    await page.getByLabel('Name', { exact: true }).waitFor()

    network.plugIn()
    await page.getByRole('button', { name: new RegExp(SAMPLE.secondAgent.name) }).press('Enter')
    await expect(connection(page)).toHaveAccessibleName('Connection: Live', { timeout: 40_000 })
    await connection(page).press('Enter')
    await expect(page.getByText(`1 changes of ${SAMPLE.agent.name} wait on this computer`)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect((await findCase(page, number)).getByRole('region', { name: 'Timeline' })).not.toContainText('Written before signing out')

    await goTo(page, 'Settings')
    await page.getByRole('button', { name: 'Sign out' }).press('Enter')
    await page.getByRole('button', { name: new RegExp(SAMPLE.agent.name) }).press('Enter')
    await expect(connection(page)).toHaveAccessibleName('Connection: Live', { timeout: 40_000 })
    await expect(connection(page)).not.toContainText('waiting')
    const { page: other } = await desk.enter('other', SAMPLE.engineer.account)
    await expect((await findCase(other, number)).getByRole('region', { name: 'Timeline' })).toContainText('Written before signing out')
  } finally {
    await network.close()
  }
})

async function numberOf(page: Parameters<typeof rowOf>[0], subject: string): Promise<string> {
  return (
    await rowOf(page, subject)
      .getByText(/^C-\d+$/)
      .innerText()
  ).trim()
}
