import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { CaseId, CommandId, ConsoleId, PersonId } from '#shared/domain/identity.ts'
import type { Attention } from '#renderer/sync/engine-api.ts'
import { NeedsAttention } from '#renderer/features/needs-attention/NeedsAttention.tsx'
import { Wall } from '#renderer/features/wall/Wall.tsx'
import { ConsoleWindow } from '#renderer/shell/ConsoleWindow.tsx'
import { Desk } from '#renderer/shell/Desk.tsx'
import { useSettings } from '#renderer/store/settings.ts'
import type { DeskApi, DeskNotice } from '#shared/protocol/desk-api.ts'
import { NOW, renderDesk } from './render-desk.tsx'
import { idOf, PEOPLE } from './sample-desk.ts'

vi.setConfig({ testTimeout: 20_000 })

const CLAIMS = idOf<CaseId>(6, 0)
const [anna, tomas] = PEOPLE
if (!anna || !tomas) throw new Error('the sample desk has no people')

describe('signing in', () => {
  const desk = {
    deskId: 'desk',
    name: 'Harbour desk',
    version: '0.1.0',
    protocol: 1,
    sampleAccounts: [{ name: 'anna', password: 'sample', person: 'Anna Keller', role: 'agent' }]
  }

  it('opens the desk with one key on the sample desk', async () => {
    const { user } = await renderDesk(<ConsoleWindow />, { me: null, state: { desk } })
    await user.keyboard('{Alt>}1{/Alt}')
    expect(await screen.findByRole('navigation', { name: 'Desk' })).toBeTruthy()
  })

  it('says why it did not work and keeps the name', async () => {
    const { user } = await renderDesk(<ConsoleWindow />, { me: null, state: { desk } })
    await user.type(screen.getByLabelText('Name'), 'anna')
    await user.type(screen.getByLabelText('Password'), 'wrong{Enter}')
    expect(await screen.findByText('Name or password is wrong.')).toBeTruthy()
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'anna')
  })

  it('asks for a passphrase where the computer has no keyring', async () => {
    const { user } = await renderDesk(<ConsoleWindow />, { state: { lock: { state: 'passphraseNeeded', first: true, problem: null } } })
    await user.type(await screen.findByLabelText('Passphrase'), 'short')
    await user.type(screen.getByLabelText('Passphrase again'), 'short{Enter}')
    expect(await screen.findByText('Use at least ten characters.')).toBeTruthy()
  })

  it('shows a wall account nothing but the way to the wall', async () => {
    await renderDesk(<ConsoleWindow />, { me: PEOPLE[4] ?? null })
    expect(screen.getByText('Wall display is a wall display.')).toBeTruthy()
    expect(screen.queryByRole('grid')).toBeNull()
  })
})

describe('the list', () => {
  it('opens cases with the arrow keys and moves a case when somebody changes it', async () => {
    const { client, user } = await renderDesk(<Desk />)
    const grid = screen.getByRole('grid')
    expect(grid.getAttribute('aria-rowcount')).toBe('12')
    await user.keyboard('{ArrowDown}')
    expect(await screen.findByRole('article', { name: /^Case / })).toBeTruthy()
    act(() => client.asOther(tomas, 'resolve', CLAIMS, { code: 'fixed', text: 'Done.' }))
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('11')
  })

  it('counts what is open in each queue', async () => {
    const { client } = await renderDesk(<Desk />)
    const rail = screen.getByRole('navigation', { name: 'Desk' })
    expect(within(rail).getByRole('button', { name: /^Network/ }).textContent).toMatch(/2$/)
    act(() => client.asOther(tomas, 'assign', CLAIMS, { queueId: idOf(4, 3), assigneeId: null, expectedAssigneeId: idOf<PersonId>(5, 2) }))
    expect(within(rail).getByRole('button', { name: /^Network/ }).textContent).toMatch(/3$/)
  })

  it('says what to do when nothing is there', async () => {
    const { user } = await renderDesk(<Desk />, { me: PEOPLE[3] ?? null })
    await user.click(screen.getByRole('button', { name: /^My cases/ }))
    expect(screen.getByText('No open case is yours.')).toBeTruthy()
  })

  it('says since when it is offline and how much waits', async () => {
    const { client } = await renderDesk(<Desk />)
    act(() => client.patch({ connection: { state: 'offline', since: NOW, pending: 7, nextTryAt: null } }))
    expect(screen.getByRole('button', { name: /^Connection: Offline since/ }).textContent).toContain('7 changes waiting')
  })
})

describe('the palette', () => {
  it('finds a case by the number as it was read out', async () => {
    const { client, user } = await renderDesk(<Desk />)
    const number = client.image('case', CLAIMS)?.number ?? ''
    await user.keyboard('{Control>}k{/Control}')
    await user.type(await screen.findByRole('combobox'), number.replace('C-', 'c '))
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain(number))
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('article', { name: `Case ${number}` })).toBeTruthy()
  })

  it('finds by words of subject and customer, and says that older cases need the server', async () => {
    const { user } = await renderDesk(<Desk />, { state: { connection: { state: 'offline', since: NOW, pending: 0, nextTryAt: null } } })
    await user.keyboard('{Control>}k{/Control}')
    await user.type(await screen.findByRole('combobox'), 'harbour database')
    await waitFor(() => expect(screen.getByRole('option', { name: /Claims database refuses/ })).toBeTruthy())
    expect(await screen.findByText('Older cases cannot be searched while offline.')).toBeTruthy()
  })
})

describe('what the main process tells', () => {
  function makeMain() {
    const listeners = new Set<(notice: DeskNotice) => void>()
    const asked: string[] = []
    const main = new Proxy({} as DeskApi, {
      get: (_, channel) =>
        channel === 'onNotice'
          ? (listener: (notice: DeskNotice) => void) => {
              listeners.add(listener)
              return () => listeners.delete(listener)
            }
          : () => {
              asked.push(String(channel))
              return Promise.resolve({})
            }
    })
    return { main, asked, tell: (notice: DeskNotice) => act(() => listeners.forEach((listener) => listener(notice))) }
  }

  it('opens the case of a deep link', async () => {
    const { main, tell } = makeMain()
    const { client } = await renderDesk(<Desk />, { main })
    const number = client.image('case', CLAIMS)?.number ?? ''
    tell({ type: 'openCase', number })
    expect(await screen.findByRole('article', { name: `Case ${number}` })).toBeTruthy()
  })

  it('shows who calls without taking the cursor from what is being typed', async () => {
    const { main, tell } = makeMain()
    const { user } = await renderDesk(<Desk />, { main })
    await user.keyboard('{ArrowDown}')
    const editor = await screen.findByRole('textbox', { name: 'What the customer is told' })
    await user.type(editor, 'We are')
    tell({ type: 'call', from: '+13125550100', to: null, callId: 'call-7' })
    expect(screen.getByText('2 people share this number, Prairie Medical Group')).toBeTruthy()
    await user.keyboard(' on it')
    expect(editor).toHaveProperty('value', 'We are on it')
  })

  it('opens the wall', async () => {
    const { main, asked } = makeMain()
    const { user } = await renderDesk(<Desk />, { main })
    await user.click(screen.getByRole('button', { name: 'Wall display' }))
    expect(asked).toContain('openWall')
  })
})

describe('needs attention', () => {
  const refused = (): Attention => ({
    command: {
      id: idOf<CommandId>(9, 1),
      consoleId: idOf<ConsoleId>(9, 2),
      sequence: 4,
      actorId: anna.id,
      type: 'updateCustomer',
      schema: 1,
      record: { kind: 'case', id: CLAIMS },
      payload: { text: 'We are nearly there.', via: 'phone' },
      occurredAt: NOW,
      uncertainty: 0,
      decidedOn: 1
    },
    refusal: { code: 'caseClosed', detail: { number: 'C-103803', at: NOW } },
    overtakenBy: { actorId: tomas.id, actorName: 'Tomas Reyes', type: 'caseClosed', occurredAt: NOW, text: 'Closed as agreed.' },
    refusedAt: NOW
  })

  it('shows everything that was typed, the reason in words and what came between', async () => {
    await renderDesk(<NeedsAttention />, { state: { attention: [refused()] } })
    const work = screen.getByRole('article', { name: 'Update to the customer' })
    expect(within(work).getByText('We are nearly there.')).toBeTruthy()
    expect(within(work).getByText(/C-103803 was closed .* Re-open it first\./)).toBeTruthy()
    expect(within(work).getByText(/Meanwhile Tomas Reyes .*: Closed as agreed\./)).toBeTruthy()
  })

  it('applies it again', async () => {
    const { client, user } = await renderDesk(<NeedsAttention />, { state: { attention: [refused()] } })
    await user.click(screen.getByRole('button', { name: 'Apply again' }))
    expect(await screen.findByText('Nothing needs your attention.')).toBeTruthy()
    expect(client.image('case', CLAIMS)?.lastContactAt).toBe(NOW)
  })

  it('asks before it throws something away', async () => {
    const { client, user } = await renderDesk(<NeedsAttention />, { state: { attention: [refused()] } })
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    const dialog = screen.getByRole('dialog', { name: 'Discard this for good?' })
    await user.click(within(dialog).getByRole('button', { name: 'Keep' }))
    expect(client.state().attention).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Discard' }))
    expect(await screen.findByText('Nothing needs your attention.')).toBeTruthy()
  })
})

describe('the wall', () => {
  const rows = () => screen.getAllByRole('listitem').filter((item) => item.dataset['mark'] !== undefined)

  it('shows the next deadlines, broken ones first, each as shape, word and time', async () => {
    await renderDesk(<Wall />)
    expect(rows().length).toBeLessThanOrEqual(8)
    expect(rows()[0]?.textContent).toMatch(/^-00:08:00LATERESPONSE/)
    expect(rows()[0]?.dataset['mark']).toBe('lateAcknowledged')
    expect(rows()[1]?.textContent).toMatch(/LATEACK/)
    expect(rows()[1]?.dataset['mark']).toBe('late')
  })

  it('lets only one unacknowledged promise flash', async () => {
    await renderDesk(<Wall />)
    expect(rows().filter((row) => row.dataset['flashing'] === 'true')).toHaveLength(1)
  })

  it('says since when it is not live once data is older than 15 seconds', async () => {
    const { client } = await renderDesk(<Wall />)
    act(() => client.patch({ connection: { state: 'offline', since: (NOW - 14_000) as never, pending: 0, nextTryAt: null } }))
    expect(screen.queryByText(/NOT LIVE/)).toBeNull()
    act(() => client.patch({ connection: { state: 'offline', since: (NOW - 16_000) as never, pending: 0, nextTryAt: null } }))
    expect(screen.getByText(/NOT LIVE since \d\d:\d\d:44, computed here/)).toBeTruthy()
  })

  it('shows no case of a restricted queue, whoever is signed in', async () => {
    const { client } = await renderDesk(<Wall />, { me: PEOPLE[3] ?? null })
    expect(screen.getAllByText(/Second site unreachable/)).toHaveLength(1)
    act(() =>
      client.asOther(tomas, 'assign', idOf(6, 11), { queueId: idOf(4, 4), assigneeId: null, expectedAssigneeId: idOf<PersonId>(5, 3) })
    )
    expect(screen.queryByText(/Second site unreachable/)).toBeNull()
  })

  it('hides customers from visitors', async () => {
    useSettings.setState({ wall: { diagonalInches: 55, distanceMetres: 5, visitor: true } })
    await renderDesk(<Wall />)
    expect(screen.queryByText(/Prairie|Harbour|Oberland|Castellan|Lindqvist|Nakamura/)).toBeNull()
    useSettings.setState({ wall: { diagonalInches: 55, distanceMetres: 5, visitor: false } })
  })
})
