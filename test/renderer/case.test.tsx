import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { CaseView } from '#renderer/features/case/CaseView.tsx'
import { useView } from '#renderer/store/view.ts'
import type { CaseId, PersonId } from '#shared/domain/identity.ts'
import { renderDesk } from './render-desk.tsx'
import { idOf, PEOPLE } from './sample-desk.ts'

const CLAIMS = idOf<CaseId>(6, 0)
const CLINIC = idOf<CaseId>(6, 1)
const COLD_STORE = idOf<CaseId>(6, 5)
const BACKUP = idOf<CaseId>(6, 12)
const tomas = PEOPLE[1]
const [anna] = PEOPLE
if (!tomas || !anna) throw new Error('the sample desk has no people')

describe('the case view', () => {
  it('says why a promise is due when it is', async () => {
    await renderDesk(<CaseView caseId={CLAIMS} />)
    const promises = screen.getByRole('region', { name: 'Promises' })
    expect(within(promises).getAllByText('UPDATE').length).toBeGreaterThan(0)
    expect(within(promises).getByText(/30 min for severity 1 since the last update .*24x7, policy managed-os\/1/)).toBeTruthy()
  })

  it('acknowledges with one key and stops offering it', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={CLINIC} />)
    screen.getByRole('article').focus()
    await user.keyboard('a')
    await waitFor(() => expect(client.image('case', CLINIC)?.acknowledgedBy).toBe(anna.id))
    expect(screen.queryByRole('button', { name: /Acknowledge/ })).toBeNull()
  })

  it('keeps a text that is being written while somebody else changes the case, and has it on disk at each key', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={CLAIMS} />)
    const editor = screen.getByRole('textbox', { name: 'What the customer is told' })
    await user.type(editor, 'The pool is stable')
    client.asOther(tomas, 'note', CLAIMS, { text: 'Standby is in sync again.' })
    client.asOther(tomas, 'raiseSeverity', CLINIC, { to: 1, reason: '' })
    await screen.findByText('Standby is in sync again.')
    expect(screen.getByRole('textbox', { name: 'What the customer is told' })).toBe(editor)
    expect(editor).toHaveProperty('value', 'The pool is stable')
    await user.type(editor, ' now')
    expect(client.savedDrafts.get(`composer:${CLAIMS}`)?.body['update']).toBe('The pool is stable now')
  })

  it('shows a kept text again, sends it with Ctrl+Enter and lets go of the draft only then', async () => {
    const draft = {
      id: `composer:${CLAIMS}`,
      kind: 'composer' as const,
      caseId: CLAIMS,
      body: { update: 'Kept from before the crash' },
      changedAt: 0
    }
    const { client, user } = await renderDesk(<CaseView caseId={CLAIMS} />, { drafts: [draft] })
    const editor = screen.getByRole('textbox', { name: 'What the customer is told' })
    expect(editor).toHaveProperty('value', 'Kept from before the crash')
    await user.type(editor, '{Control>}{Enter}{/Control}')
    await screen.findByText('Kept from before the crash', { selector: 'p' })
    expect(client.submitted.at(-1)).toEqual({
      type: 'updateCustomer',
      recordId: CLAIMS,
      payload: { text: 'Kept from before the crash', via: 'phone' }
    })
    expect(editor).toHaveProperty('value', '')
    expect(client.savedDrafts.size).toBe(0)
  })

  it('keeps the text when the desk refuses it, and says why', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={BACKUP} />)
    const editor = screen.getByRole('textbox', { name: 'What the customer is told' })
    await user.type(editor, 'One more thing')
    client.asOther(tomas, 'close', BACKUP, { text: '', seenContactAt: client.image('case', BACKUP)?.lastContactAt ?? null })
    await user.type(editor, '{Control>}{Enter}{/Control}')
    expect(editor).toHaveProperty('value', 'One more thing')
    expect(client.savedDrafts.get(`composer:${BACKUP}`)?.body['update']).toBe('One more thing')
  })

  it('shows what a severity would promise before it is saved, and asks a reason for lowering', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={CLAIMS} />)
    screen.getByRole('article').focus()
    await user.keyboard('s3')
    const form = screen.getByRole('form', { name: 'Change severity' })
    const update = within(form).getByRole('row', { name: /UPDATE/ })
    expect(
      within(update)
        .getAllByRole('cell')
        .map((cell) => cell.textContent)
    ).not.toContain('stays')
    expect(
      within(form)
        .getByRole('button', { name: /Change to 3/ })
        .getAttribute('aria-disabled')
    ).toBe('true')
    await user.type(within(form).getByRole('textbox', { name: 'Reason' }), 'Claims work again{Control>}{Enter}{/Control}')
    await waitFor(() => expect(client.image('case', CLAIMS)?.severity).toBe(3))
  })

  it('asks for the question and the end date of a wait', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={CLAIMS} />)
    screen.getByRole('article').focus()
    await user.keyboard('w')
    const form = screen.getByRole('form', { name: 'Wait' })
    expect(
      within(form)
        .getByRole('button', { name: /Start waiting/ })
        .getAttribute('title')
    ).toBe('Write what was asked.')
    await user.type(within(form).getByRole('textbox', { name: 'What was asked' }), 'May we restart the node?{Control>}{Enter}{/Control}')
    await waitFor(() => expect(client.image('case', CLAIMS)?.waiting?.question).toBe('May we restart the node?'))
  })

  it('ends a wait with the same key that starts one', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={COLD_STORE} />)
    expect(client.image('case', COLD_STORE)?.status).toBe('waiting')
    screen.getByRole('article').focus()
    await user.keyboard('w')
    await waitFor(() => expect(client.image('case', COLD_STORE)?.status).toBe('inProgress'))
  })

  it('says beside the editor why a closed case takes no update, and still takes a note', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={idOf<CaseId>(6, 13)} />)
    expect(screen.getByRole('button', { name: /Record update/ }).getAttribute('title')).toMatch(/was closed .* Re-open it first\./)
    await user.click(screen.getByRole('tab', { name: /Internal note/ }))
    await user.type(screen.getByRole('textbox', { name: 'For the desk only' }), 'The spooler patch is out.{Control>}{Enter}{/Control}')
    await waitFor(() => expect(client.submitted.at(-1)?.type).toBe('note'))
  })

  it('refuses to close a case that was updated after the form opened', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={BACKUP} />)
    screen.getByRole('article').focus()
    await user.keyboard('x')
    expect(screen.getByRole('button', { name: /Close case/ }).getAttribute('aria-disabled')).toBeNull()
    client.asOther(tomas, 'updateCustomer', BACKUP, { text: 'It failed again last night.', via: 'phone' })
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /Close case/ }).getAttribute('title')).toMatch(/Somebody changed it meanwhile/)
    )
  })

  it('marks an unverified caller and the task that follows', async () => {
    await renderDesk(<CaseView caseId={CLINIC} />)
    expect(screen.getByText('Caller not verified')).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'Still missing' })).getByText('Verification of the caller')).toBeTruthy()
  })

  it('names who else is here, and says when a connection was lost', async () => {
    const { client } = await renderDesk(<CaseView caseId={CLAIMS} />)
    const presence = { consoleId: idOf<never>(8, 1), personId: idOf<PersonId>(5, 2), caseId: CLAIMS, since: client.now() }
    client.showPresence([{ ...presence, editing: true, lostAt: null }])
    expect(await screen.findByText('Tomas Reyes is editing')).toBeTruthy()
    client.showPresence([{ ...presence, editing: true, lostAt: (client.now() - 12 * 60_000) as never }])
    expect(await screen.findByText('Tomas Reyes, connection lost 12 min ago')).toBeTruthy()
  })

  it('does not take letters for commands while somebody types', async () => {
    const { client, user } = await renderDesk(<CaseView caseId={CLINIC} />)
    await user.type(screen.getByRole('textbox', { name: 'What the customer is told' }), 'a mass of words')
    expect(client.image('case', CLINIC)?.acknowledgedBy).toBeNull()
    expect(useView.getState().form).toBeNull()
  })
})
