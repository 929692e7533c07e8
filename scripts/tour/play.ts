import { join } from 'node:path'
import { expect } from '@playwright/test'
import { startBackend } from '../drive/backend.ts'
import { fillRest, NIGHT_DISPATCH, numberOnScreen, readBack } from '../drive/call.ts'
import { openConsole, type ConsoleApp } from '../drive/console.ts'
import { connection, findCase, goTo, openedCase, rowOf } from '../drive/desk-page.ts'
import { enterDesk, enterWall, SAMPLE, unlockDisk } from '../drive/enter.ts'
import type { Album } from './album.ts'

const WALL = { width: 1920, height: 1080 }
const CALLER = '+13125550101'

/** One call from ring to closure, with the backend killed in its middle. Throws at the first thing that should be on a screen and is not. */
export async function playTour(folder: string, album: Album): Promise<void> {
  const { play, picture } = album
  const backend = await play('the backend starts and loads the sample desk', () =>
    startBackend({ data: join(folder, 'desk'), sampleDesk: true })
  )
  const consoles: ConsoleApp[] = []
  const open = async (name: string, options: { readonly args?: readonly string[]; readonly size?: typeof WALL } = {}) => {
    const opened = await openConsole({ data: join(folder, name), server: backend.url, ...options })
    consoles.push(opened)
    return opened
  }
  try {
    const agent = await play('the agent’s console opens', () => open('agent'))
    await play('the sign-in screen offers the sample desk’s people', async () => {
      await unlockDisk(agent.page)
      await expect(agent.page.getByRole('button', { name: new RegExp(SAMPLE.agent.name) })).toBeVisible()
    })
    await picture(agent.page, 'sign-in', 'light')
    await play('the agent signs in and sees the desk', async () => {
      await enterDesk(agent.page, SAMPLE.agent.account)
      await expect(rowOf(agent.page, 'C-').first()).toBeVisible()
      await expect(connection(agent.page)).toHaveAccessibleName('Connection: Live')
    })
    await picture(agent.page, 'desk', 'dark')
    const engineer = await play('the engineer signs in on another computer', async () => {
      const opened = await open('engineer')
      await enterDesk(opened.page, SAMPLE.engineer.account)
      await expect(rowOf(opened.page, 'C-').first()).toBeVisible()
      return opened
    })
    const wall = await play('the wall display opens', async () => {
      const opened = await open('wall', { args: ['--wall'], size: WALL })
      await enterWall(opened.page)
      await expect(opened.page.getByRole('status')).toHaveText('Live')
      return opened
    })
    await picture(wall.page, 'wall', 'dark')

    await play('a call rings on the agent’s console', async () => {
      await agent.open(`ringdown://call?from=${encodeURIComponent(CALLER)}`)
      await expect(agent.page.getByRole('status').filter({ hasText: `Call from ${CALLER}` })).toContainText('Ingrid Halvorsen')
    })
    await picture(agent.page, 'call-rings', 'light')
    await play('F2 takes the call and knows the caller', async () => {
      await agent.page.keyboard.press('F2')
      await expect(agent.page.getByRole('listbox', { name: 'Matches' })).toContainText('Ingrid Halvorsen')
    })
    await picture(agent.page, 'caller-known', 'dark')

    await play('the backend is killed with -9 and the agent is told', async () => {
      await backend.kill()
      await expect(connection(agent.page)).toHaveAccessibleName(/^Connection: Offline since/)
    })
    const number = await play('the call is typed in without the mouse, under a case number of the desk', async () => {
      await fillRest(agent.page, NIGHT_DISPATCH)
      return numberOnScreen(agent.page)
    })
    await picture(agent.page, 'intake-offline', 'dark')
    await play('the case is saved on this computer and read back', async () => {
      await agent.page.keyboard.press('Control+Enter')
      await expect(readBack(agent.page)).toContainText('Saved. Was it read back?')
      await expect(readBack(agent.page)).toContainText('severity 1, Critical')
      await expect(agent.page.getByLabel('What happens, in one line')).toHaveValue(NIGHT_DISPATCH.subject)
    })
    await picture(agent.page, 'read-back', 'light')
    await play('the read-back is ticked and the case waits in the outbox', async () => {
      await agent.page.keyboard.press('Enter')
      await expect(openedCase(agent.page, number)).toContainText('saved here, not yet confirmed')
      await expect(connection(agent.page)).toContainText('2 changes waiting')
    })
    await picture(agent.page, 'case-saved-offline', 'dark')
    await play('the wall says that it is not live', () =>
      expect(wall.page.getByRole('status')).toContainText('NOT LIVE since', { timeout: 30_000 })
    )
    await picture(wall.page, 'wall-not-live', 'dark')

    await play('the backend is back and the agent’s case is confirmed', async () => {
      await backend.start()
      await expect(connection(agent.page)).toHaveAccessibleName('Connection: Live', { timeout: 60_000 })
      await expect(connection(agent.page)).not.toContainText('waiting')
      await expect(openedCase(agent.page, number)).not.toContainText('not yet confirmed')
    })
    await picture(agent.page, 'case-confirmed', 'light')
    const opened = await play('the engineer finds the case', async () => {
      await expect(connection(engineer.page)).toHaveAccessibleName('Connection: Live', { timeout: 60_000 })
      return findCase(engineer.page, number)
    })
    await play('the wall shows the critical case', async () => {
      await expect(wall.page.getByRole('status')).toHaveText('Live', { timeout: 60_000 })
      await expect(wall.page.getByRole('complementary', { name: 'Severity 1 now' })).toContainText('Halvorsen Freight')
    })
    await picture(wall.page, 'wall-critical', 'dark')

    const timeline = openedCase(agent.page, number).getByRole('region', { name: 'Timeline' })
    await play('the engineer takes the case and the agent sees it', async () => {
      await opened.press('m')
      await expect(timeline).toContainText(`assigned to ${SAMPLE.engineer.name}`)
    })
    await play('the engineer’s note reaches the agent', async () => {
      await opened.press('n')
      await engineer.page.keyboard.type('Listener on hf-disp-db01 hangs since 02:14; session table full. Clearing it.')
      await engineer.page.keyboard.press('Control+Enter')
      await expect(timeline).toContainText('Clearing it.')
    })
    await picture(engineer.page, 'engineer-at-work', 'dark')
    await play('the customer is told, which starts the next promise', async () => {
      await opened.press('c')
      await engineer.page.keyboard.type(
        'The dispatch database answers again. Please let the docks go on; we watch it for the next half hour.'
      )
      await engineer.page.keyboard.press('Control+Enter')
      await expect(timeline).toContainText('The dispatch database answers again.')
    })
    await play('the engineer resolves it', async () => {
      await opened.press('r')
      await engineer.page.getByRole('form', { name: 'Resolve' }).waitFor()
      await engineer.page.keyboard.type('Cleared hung sessions on hf-disp-db01; the session limit is raised and watched.')
      await picture(engineer.page, 'resolve', 'light')
      await engineer.page.keyboard.press('Control+Enter')
      await expect(openedCase(agent.page, number)).toContainText('Resolved')
    })
    await play('the agent closes it', async () => {
      await openedCase(agent.page, number).press('x')
      await agent.page.getByRole('form', { name: 'Close' }).waitFor()
      await agent.page.keyboard.type('Ingrid Halvorsen confirmed by telephone: all docks work.')
      await agent.page.keyboard.press('Control+Enter')
      await expect(timeline).toContainText('all docks work')
      await expect(openedCase(engineer.page, number)).toContainText('Closed')
    })
    await picture(agent.page, 'case-closed', 'light')
    await play('nothing needs attention and nothing waits', async () => {
      for (const { page } of [agent, engineer]) {
        await goTo(page, 'Needs attention')
        await expect(page.getByText('Nothing needs your attention.')).toBeVisible()
        await expect(connection(page)).not.toContainText('waiting')
      }
    })
    await play('the customer is looked up', async () => {
      await goTo(agent.page, 'Customers')
      await agent.page.getByRole('button', { name: /Halvorsen Freight/ }).press('Enter')
      await expect(agent.page.getByText('hf-disp-db01').first()).toBeVisible()
    })
    await picture(agent.page, 'customer', 'dark')
  } finally {
    for (const console_ of consoles) await console_.kill()
    await backend.kill()
  }
}
