import type { Locator, Page } from '@playwright/test'

/** What a caller says, in the order in which the intake asks for it. */
export type Call = {
  readonly number: string
  readonly item: string
  readonly subject: string
  /** The letter of the level: h, m or l. */
  readonly impact: string
  readonly urgency: string
  readonly notes: string
}

export const NIGHT_DISPATCH: Call = {
  number: '312 555 0101',
  item: 'hf-disp-db01',
  subject: 'Dispatch screens stand still, trucks wait at the dock',
  impact: 'h',
  urgency: 'h',
  notes: 'Nine trucks at dock 4. Restarting a screen does not help.'
}

/** Opens the intake with F2 and types the call in, without touching the mouse. Ends in the notes, with nothing saved yet. Returns the case number on screen. */
export async function writeCall(page: Page, call: Call): Promise<string> {
  await page.keyboard.press('F2')
  await page.getByLabel('Caller’s number').waitFor()
  await page.keyboard.type(call.number)
  await fillRest(page, call)
  return numberOnScreen(page)
}

/** From the caller's number on: takes the person it belongs to, then asks for the rest. */
export async function fillRest(page: Page, call: Call): Promise<void> {
  await page.getByRole('listbox', { name: 'Matches' }).getByRole('option', { selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(call.item)
  await page.getByRole('listbox', { name: 'Matches' }).getByRole('option', { name: call.item, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(call.subject)
  await page.keyboard.press('Enter')
  await page.keyboard.press(call.impact)
  await page.keyboard.press('Enter')
  await page.keyboard.press(call.urgency)
  await page.keyboard.press('Enter')
  await page.keyboard.type(call.notes)
}

/** The number the agent reads out, as the intake shows it. */
export async function numberOnScreen(page: Page): Promise<string> {
  const number = page.getByRole('region', { name: 'New case' }).getByText(/^[CT]-[0-9A-Z]+$/)
  await number.waitFor()
  return number.innerText()
}

/** What the agent reads to the caller. */
export function readBack(page: Page): Locator {
  return page.getByRole('region', { name: 'Read back' })
}

/** Saves with Ctrl+Enter and ticks the read-back; the case opens. */
export async function saveAndReadBack(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await readBack(page).getByRole('button', { name: 'Read to the caller' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('article', { name: /^Case / }).waitFor()
}
