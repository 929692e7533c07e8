import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { CaseId } from '#shared/domain/identity.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
// Fetched when the desk is idle; here it is simply there.
import '#renderer/features/intake/Intake.tsx'
import { Desk } from '#renderer/shell/Desk.tsx'
import { useCalls } from '#renderer/store/call.ts'
import { NOW, renderDesk } from './render-desk.tsx'
import { idOf } from './sample-desk.ts'

vi.setConfig({ testTimeout: 20_000 })

async function startCall(options: Parameters<typeof renderDesk>[1] = {}) {
  const made = await renderDesk(<Desk />, options)
  await made.user.keyboard('{F2}')
  const number = await screen.findByRole('combobox', { name: 'Caller’s number' })
  await waitFor(() => expect(document.activeElement).toBe(number))
  return made
}
const intakeDraft = (client: Awaited<ReturnType<typeof startCall>>['client']) =>
  [...client.savedDrafts.values()].find((draft) => draft.kind === 'intake')

describe('taking a call', () => {
  it('saves a case from ring to read-back without the mouse', async () => {
    const { client, user } = await startCall()
    await user.keyboard('020 7946 0112')
    expect(screen.getByRole('option', { name: /Amelia Croft/ }).getAttribute('aria-selected')).toBe('true')
    await user.keyboard('{Enter}claims-db{Enter}Nobody can open a claim{Enter}h{Enter}m{Enter}')
    expect(screen.getByRole('radio', { name: 'Severity 2, High' }).getAttribute('aria-checked')).toBe('true')
    await user.keyboard('{F9}')
    const sheet = screen.getByRole('region', { name: 'Read back' })
    expect(within(sheet).getByText(/^Your case number is C-10 45 16\. We have recorded it as severity 2, High\./)).toBeTruthy()
    await user.keyboard('{Enter}{Control>}{Enter}{/Control}')
    const article = await screen.findByRole('article', { name: 'Case C-104516' })
    expect(within(article).getByText('Nobody can open a claim', { selector: 'h2' })).toBeTruthy()
    const sent = client.submitted.at(-1)
    expect(sent?.type).toBe('open')
    expect(sent?.payload).toMatchObject({
      number: 'C-104516',
      customerId: idOf(1, 1),
      contactId: idOf(2, 1),
      itemId: idOf(3, 1),
      callbackNumber: '+442079460112',
      severity: 2,
      verified: false,
      assigneeId: idOf(5, 1),
      readBack: { nextStep: 'An engineer of Service Desk looks at it now.', nextUpdateAt: NOW + 60 * 60_000 }
    })
    expect(client.savedDrafts.size).toBe(0)
  })

  it('asks for the read-back after a save without it, and records the tick by itself', async () => {
    const { client, user } = await startCall()
    await user.keyboard('+46850551200{Enter}{Enter}Pallets cannot be booked{Control>}{Enter}{/Control}')
    await screen.findByText('Saved. Was it read back?')
    expect(client.submitted.map((sent) => sent.type)).toEqual(['open'])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(client.submitted.map((sent) => sent.type)).toEqual(['open', 'readBack']))
    await screen.findByRole('article', { name: /^Case / })
  })

  it('says what is still needed and saves nothing without customer, one line and call-back number', async () => {
    const { client, user } = await startCall()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect((await screen.findAllByText(/Still needed: customer, one line, call-back number/)).length).toBeGreaterThan(0)
    expect(client.submitted).toEqual([])
  })

  it('makes what else is missing a task on the case, not an error', async () => {
    const { client, user } = await startCall()
    await user.keyboard('5551234567{Enter}Somebody new{Enter}caste{Enter}')
    await user.type(screen.getByRole('textbox', { name: /What happens/ }), 'Till shows an error')
    await user.type(screen.getByRole('textbox', { name: /Call-back/ }), '212 555 0147')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('Saved. Was it read back?')
    const opened = client.image('case', String(client.submitted.at(-1)?.recordId))
    expect(opened?.missing).toEqual(expect.arrayContaining(['contact', 'item', 'impact', 'urgency', 'description', 'verification']))
    expect(opened?.severity).toBe(3)
  })

  it('does not choose between people who share a number', async () => {
    const { user } = await startCall()
    await user.keyboard('3125550100')
    const options = within(screen.getByRole('listbox', { name: 'Matches' })).getAllByRole('option')
    expect(options.map((option) => option.getAttribute('aria-selected'))).toEqual(['false', 'false'])
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(screen.getByRole('combobox', { name: 'Contact' })).toHaveProperty('value', 'Marisol Ortega')
    expect(screen.getByText('May: open')).toBeTruthy()
  })

  it('has every key on disk, and brings a parked call back as it was', async () => {
    const { client, user } = await startCall()
    await user.keyboard('+4133')
    expect(intakeDraft(client)?.body['callerNumber']).toBe('+4133')
    await user.keyboard('{F8}')
    const chip = await screen.findByRole('button', { name: /C-104516/ })
    await user.keyboard('{F2}')
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Caller’s number' })).toHaveProperty('value', ''))
    expect(screen.getByText(caseNumberOf(10_452))).toBeTruthy()
    await user.click(chip)
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Caller’s number' })).toHaveProperty('value', '+4133'))
    expect([...client.savedDrafts.values()].filter((draft) => draft.kind === 'intake')).toHaveLength(2)
  })

  it('keeps the draft on Esc and gives an untouched number to the next call', async () => {
    const { user } = await startCall()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Caller’s number' })).toBeNull())
    await user.keyboard('{F2}')
    await screen.findByRole('combobox', { name: 'Caller’s number' })
    expect(screen.getByText('C-104516')).toBeTruthy()
  })

  it('restores a call that was being written when the console died', async () => {
    const draft = {
      id: 'intake:x',
      kind: 'intake' as const,
      caseId: null,
      body: { caseId: idOf<CaseId>(6, 900), number: 'C-104441', callerName: 'Half a name', startedAt: NOW - 30_000 },
      changedAt: 0
    }
    const { user } = await renderDesk(<Desk />, { drafts: [draft] })
    await user.click(screen.getByRole('button', { name: /C-104441/ }))
    expect(await screen.findByRole('combobox', { name: 'Caller’s name' })).toHaveProperty('value', 'Half a name')
  })

  it('takes a ringing call with the same key, its number filled in, and parks the one before', async () => {
    const { user } = await startCall()
    await user.keyboard('+1212')
    useCalls.getState().ring({ id: 'call-1', from: '+442079460112', rangAt: NOW })
    expect(await screen.findByText('Call from +442079460112')).toBeTruthy()
    expect(screen.getByText(/Amelia Croft, Harbour & Vale Insurance/)).toBeTruthy()
    await user.keyboard('{F2}')
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Caller’s number' })).toHaveProperty('value', '+442079460112'))
    expect(screen.getByRole('button', { name: /C-104516/ })).toBeTruthy()
  })

  it('carries what was said over to a case that is open already', async () => {
    const { client, user } = await startCall()
    await user.keyboard('3125550100{ArrowDown}{Enter}{Enter}Still no records{F6}')
    await user.keyboard('{Enter}')
    const editor = await screen.findByRole('textbox', { name: 'What the customer said' })
    expect(editor).toHaveProperty('value', 'Marcus Webb\nStill no records')
    expect(intakeDraft(client)).toBeUndefined()
  })
})
