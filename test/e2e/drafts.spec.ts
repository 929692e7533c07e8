import { setTimeout as pause } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { NIGHT_DISPATCH, writeCall } from '#scripts/drive/call.ts'
import { findCase, rowOf } from '#scripts/drive/desk-page.ts'
import { enterDesk, SAMPLE } from '#scripts/drive/enter.ts'
import { test } from './desk.ts'
import { KEPT_AFTER_MS } from './promises.ts'

test('the console is killed with -9 in mid-intake: after the restart the draft is there to the last quarter second', async ({ desk }) => {
  const before = await desk.enter('agent', SAMPLE.agent.account)
  const number = await writeCall(before.page, NIGHT_DISPATCH)
  await before.page.keyboard.type(' And one more thing')
  await pause(KEPT_AFTER_MS)
  // Typed right before the kill: may be lost, and must not damage what came before.
  await before.page.keyboard.type(' lost?')
  await before.kill()

  const { page } = await desk.enter('agent', SAMPLE.agent.account)
  await page
    .getByRole('list', { name: 'Parked' })
    .getByRole('button', { name: new RegExp(number) })
    .press('Enter')
  await expect(page.getByLabel('Caller’s number')).toHaveValue(NIGHT_DISPATCH.number)
  await expect(page.getByLabel('What happens, in one line')).toHaveValue(NIGHT_DISPATCH.subject)
  await expect(page.getByLabel('Affected server or service')).toHaveValue(NIGHT_DISPATCH.item)
  await expect(page.getByLabel('Notes')).toHaveValue(
    new RegExp(`^${escaped(`${NIGHT_DISPATCH.notes} And one more thing`)}( lost\\?| l| lo| los| lost)?`)
  )
  await expect(page.getByRole('region', { name: 'New case' })).toContainText(number)
  await expect(page.getByRole('radio', { name: 'Severity 1, Critical' })).toBeChecked()
})

test('a half-written note stays as it is while somebody else changes the same case', async ({ desk }) => {
  const agent = await desk.enter('agent', SAMPLE.agent.account)
  const other = await desk.enter('other', SAMPLE.secondAgent.account)
  const number = await rowOf(agent.page, 'C-')
    .first()
    .getByText(/^C-\d+$/)
    .innerText()

  const mine = await findCase(agent.page, number)
  await mine.press('n')
  await agent.page.keyboard.type('Half a sentence')
  const theirs = await findCase(other.page, number)
  await theirs.press('n')
  await other.page.keyboard.type('Somebody else was quicker')
  await other.page.keyboard.press('Control+Enter')

  await expect(mine.getByRole('region', { name: 'Timeline' })).toContainText('Somebody else was quicker')
  const note = agent.page.getByRole('textbox', { name: 'For the desk only' })
  await expect(note).toBeFocused()
  await agent.page.keyboard.type(', now whole')
  await expect(note).toHaveValue('Half a sentence, now whole')
  await agent.page.keyboard.press('Control+Enter')
  await expect(theirs.getByRole('region', { name: 'Timeline' })).toContainText('Half a sentence, now whole')
  await expect(note).toHaveValue('')
})

test('a note that was not sent is there after a kill', async ({ desk }) => {
  const before = await desk.enter('agent', SAMPLE.agent.account)
  const number = await rowOf(before.page, 'C-')
    .first()
    .getByText(/^C-\d+$/)
    .innerText()
  const opened = await findCase(before.page, number)
  await opened.press('n')
  await before.page.keyboard.type('Not sent yet')
  await pause(KEPT_AFTER_MS)
  await before.kill()

  const { page } = await desk.open('agent')
  await enterDesk(page, SAMPLE.agent.account)
  const again = await findCase(page, number)
  await again.press('n')
  await expect(page.getByRole('textbox', { name: 'For the desk only' })).toHaveValue('Not sent yet')
})

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
