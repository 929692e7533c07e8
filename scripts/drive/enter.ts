import type { Page } from '@playwright/test'

/** The sample desk's accounts that the tests and the tour sign in with. */
export const SAMPLE = {
  agent: { account: 'amara', name: 'Amara Okafor' },
  secondAgent: { account: 'jonas', name: 'Jonas Lindqvist' },
  engineer: { account: 'tomas', name: 'Tomás Herrera' },
  lead: { account: 'daniel', name: 'Daniel Achterberg' },
  wall: { account: 'wall', name: 'Operations wall' }
} as const
const PASSWORD = 'ringdown'
const PASSPHRASE = 'the desk keeps this one'

/** Opens the disk of a computer without a keyring, if this one asks: chooses the passphrase the first time, gives it later. */
export async function unlockDisk(page: Page): Promise<void> {
  const passphrase = page.getByLabel('Passphrase', { exact: true })
  const name = page.getByLabel('Name', { exact: true })
  const desk = page.getByRole('navigation', { name: 'Desk' })
  await passphrase.or(name).or(desk).first().waitFor()
  if (!(await passphrase.isVisible())) return
  await passphrase.fill(PASSPHRASE)
  const repeat = page.getByLabel('Passphrase again')
  if (await repeat.isVisible()) await repeat.fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await passphrase.waitFor({ state: 'detached' })
}

/** From a fresh window to the live desk, by keyboard. A computer that remembers who was signed in goes there by itself. */
export async function enterDesk(page: Page, account: string): Promise<void> {
  await unlockDisk(page)
  const name = page.getByLabel('Name', { exact: true })
  const desk = page.getByRole('navigation', { name: 'Desk' })
  await name.or(desk).first().waitFor()
  if (await desk.isVisible()) {
    // Where nothing keeps the session over a restart, the desk is shown as it was stored and asks for a new sign-in beside it.
    const state = page.getByRole('button', { name: /^Connection: (Live|Signed out)/ })
    await state.waitFor()
    if (await page.getByRole('form', { name: 'Sign in again' }).isVisible()) await signIn(page, account)
  } else {
    await signIn(page, account)
  }
  await page.getByRole('button', { name: 'Connection: Live' }).waitFor()
}

/** The same for a wall window. */
export async function enterWall(page: Page): Promise<void> {
  await unlockDisk(page)
  await signIn(page, SAMPLE.wall.account)
  await page.getByRole('main', { name: 'Wall display' }).waitFor()
}

/** Types name and password on the sign-in screen, once the desk answers. */
export async function signIn(page: Page, account: string): Promise<void> {
  await page.getByText('Waiting for the desk').waitFor({ state: 'hidden' })
  await page.getByLabel('Name', { exact: true }).fill(account)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
}
