import type { Locator, Page } from '@playwright/test'

/** The line of a case in whatever list is on screen. */
export function rowOf(page: Page, number: string): Locator {
  return page.getByRole('row').filter({ hasText: number })
}

/** The case that is open on screen. */
export function openedCase(page: Page, number: string): Locator {
  return page.getByRole('article', { name: `Case ${number}` })
}

/** What the top bar says about the connection. */
export function connection(page: Page): Locator {
  return page.getByRole('button', { name: /^Connection: / })
}

/** Goes to a place of the rail by keyboard: a list by its name, Customers, Needs attention, Settings. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Desk' })
    .getByRole('button', { name: new RegExp(`^${place}`) })
    .press('Enter')
}

/** Runs a command of the palette by its name. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search or run a command' })
  await palette.waitFor()
  await page.keyboard.type(name)
  await palette.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
}

/** Finds a case with Ctrl+K and opens it. */
export async function findCase(page: Page, number: string): Promise<Locator> {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search or run a command' })
  await palette.waitFor()
  await page.keyboard.type(number)
  await palette.getByRole('option', { name: number }).first().waitFor()
  await page.keyboard.press('Enter')
  const opened = openedCase(page, number)
  await opened.waitFor()
  return opened
}
