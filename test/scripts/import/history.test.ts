import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMNS, NO_COLUMNS } from '#server/import/servicenow/columns.ts'
import { historyOf, lastColumns, recordedLines } from '#server/import/servicenow/history.ts'
import type { Desk, Known } from '#server/import/servicenow/history.ts'
import type { ExportLine } from '#server/import/servicenow/line.ts'
import { namesOf } from '#server/import/servicenow/names.ts'
import type { CaseState } from '#shared/domain/case/case.ts'
import { evolveCase } from '#shared/domain/case/evolve.ts'
import { CaseFact } from '#shared/domain/case/fact.ts'
import type { FactOf } from '#shared/domain/case/fact.ts'
import type { PolicyId } from '#shared/domain/identity.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import { exportLine, NOW, realIncidents } from './export-file.ts'

const names = namesOf('ServiceNow')
const desk: Desk = { names, caseNumber: 'C-100001', policyId: 'managed-os/1' as PolicyId, recordedAt: NOW }

function folded(logged: readonly LoggedFact<CaseFact>[], from?: CaseState): CaseState {
  const state = logged.reduce<CaseState | undefined>((before, entry) => evolveCase(names.caseOf('INC0000001'), before, entry), from)
  if (!state) throw new Error('no facts')
  return state
}

function types(lines: readonly ExportLine[], known: Known = null) {
  return historyOf(lines, known, desk).logged.map(({ fact }) => fact.type)
}

/** What a line says of the end of a case, next to what the case says. */
function standing(state: CaseState) {
  return {
    status: state.status,
    on: state.waiting?.on ?? null,
    severity: state.severity,
    queueId: state.queueId,
    assigneeId: state.assigneeId,
    reopenCount: state.reopenCount
  }
}
function told(line: ExportLine) {
  return {
    status: line.standing.status,
    on: line.standing.status === 'waiting' ? line.standing.on : null,
    severity: line.severity,
    queueId: names.queue(line.columns.assignment_group),
    assigneeId: names.assignee(line.columns.assigned_to),
    reopenCount: line.reopenCount
  }
}

describe('an incident becomes a case', () => {
  it('is opened when the call was taken, by its opener, with what the export tells and nothing else', () => {
    const { logged } = historyOf([exportLine(2)], null, desk)
    expect(logged.map(({ fact }) => fact.type)).toEqual(['caseOpened', 'exportLineRecorded'])
    expect(logged[0]).toMatchObject({
      occurredAt: Date.UTC(2016, 2, 1, 8),
      actorId: names.actor('Opened by 8'),
      recordedAt: NOW,
      late: false
    })
    expect(logged[0]?.fact).toMatchObject({
      number: 'C-100001',
      channel: 'phone',
      callerName: 'Caller 7',
      callbackNumber: null,
      subject: 'Category 55 · Subcategory 170',
      severity: 3,
      verified: false,
      source: { system: 'ServiceNow', number: 'INC0000001' },
      steps: []
    })
    expect(logged[1]).toMatchObject({ occurredAt: Date.UTC(2016, 2, 1, 9, 2), actorId: names.actor('Updated by 21') })
  })

  it('is never opened after something was done about it', () => {
    const [first] = historyOf([exportLine(2, { opened_at: '01-03-2016 10:00' })], null, desk).logged
    expect(first?.occurredAt).toBe(Date.UTC(2016, 2, 1, 9, 2))
  })

  it('is acknowledged by whoever makes the first line that is no longer New', () => {
    const { logged } = historyOf(
      [exportLine(2), exportLine(3), exportLine(4, { incident_state: 'Active', sys_updated_by: 'Updated by 5' })],
      null,
      desk
    )
    const acknowledged = logged.filter(({ fact }) => fact.type === 'caseAcknowledged')
    expect(acknowledged).toHaveLength(1)
    expect(acknowledged[0]).toMatchObject({ occurredAt: Date.UTC(2016, 2, 1, 9, 4), actorId: names.actor('Updated by 5') })
  })

  it.each([
    ['Awaiting User Info', 'customer'],
    ['Awaiting Problem', 'problem'],
    ['Awaiting Vendor', 'vendor'],
    ['Awaiting Evidence', 'evidence']
  ])('waits without an end date while the export says %s', (incident_state, on) => {
    const { logged } = historyOf([exportLine(2), exportLine(3, { incident_state })], null, desk)
    expect(folded(logged)).toMatchObject({
      status: 'waiting',
      waiting: { on, until: null, question: '', since: Date.UTC(2016, 2, 1, 9, 3) }
    })
  })

  it('goes from one wait to another, back to work and to its end by facts of their own', () => {
    const state = (line: number, incident_state: string) => exportLine(line, { incident_state })
    expect(
      types([
        state(2, 'Active'),
        state(3, 'Awaiting User Info'),
        state(4, 'Awaiting Problem'),
        state(5, 'Active'),
        state(6, 'Awaiting User Info'),
        state(7, 'Resolved'),
        state(8, 'Closed')
      ])
    ).toEqual(
      [
        ['caseOpened', 'caseAcknowledged', 'exportLineRecorded'],
        ['waitStarted', 'exportLineRecorded'],
        ['waitEnded', 'waitStarted', 'exportLineRecorded'],
        ['waitEnded', 'exportLineRecorded'],
        ['waitStarted', 'exportLineRecorded'],
        ['waitEnded', 'caseResolved', 'exportLineRecorded'],
        ['caseClosed', 'exportLineRecorded']
      ].flat()
    )
  })

  it('says in one line of facts what changed in one line of the export', () => {
    const facts = historyOf(
      [
        exportLine(2),
        exportLine(3, {
          priority: '1 - Critical',
          impact: '1 - High',
          urgency: '1 - High',
          assignment_group: 'Group 9',
          assigned_to: 'Resolver 3',
          category: 'Category 1'
        })
      ],
      null,
      desk
    ).logged.slice(2)
    expect(facts.map(({ fact }) => fact.type)).toEqual(['detailsCorrected', 'severityRaised', 'caseAssigned', 'exportLineRecorded'])
    expect(facts.map(({ fact }) => fact)[0]).toMatchObject({ subject: 'Category 1 · Subcategory 170', impact: 'high', urgency: 'high' })
    expect(facts.map(({ fact }) => fact)[1]).toMatchObject({ from: 3, to: 1 })
    expect(facts.map(({ fact }) => fact)[2]).toMatchObject({ queueId: names.queue('Group 9'), assigneeId: names.assignee('Resolver 3') })
  })
})

describe('a case that comes back', () => {
  const before = [exportLine(2, { incident_state: 'Active' }), exportLine(3, { incident_state: 'Resolved' })]

  it('is re-opened once for each re-opening the export counts', () => {
    const state = folded(historyOf([...before, exportLine(4, { incident_state: 'Active', reopen_count: '2' })], null, desk).logged)
    expect(state).toMatchObject({ status: 'inProgress', reopenCount: 2, cycle: 3, resolvedAt: null })
  })

  it('is returned, not re-opened, when the export counts no re-opening', () => {
    const lines = [...before, exportLine(4, { incident_state: 'Active' })]
    expect(types(lines).slice(-2)).toEqual(['caseReturned', 'exportLineRecorded'])
    expect(folded(historyOf(lines, null, desk).logged)).toMatchObject({
      status: 'inProgress',
      reopenCount: 0,
      cycle: 2,
      resolvedAt: null,
      resolution: null
    })
  })

  it('keeps its count and says so when the export lowers it', () => {
    const { logged, remarks } = historyOf(
      [...before, exportLine(4, { incident_state: 'Active', reopen_count: '1' }), exportLine(5, { incident_state: 'Active' })],
      null,
      desk
    )
    expect(folded(logged).reopenCount).toBe(1)
    expect(remarks).toEqual([{ line: 5, text: 'reopen_count goes down to 0; the case keeps 1' }])
  })
})

describe('the order of the lines', () => {
  it('is kept within a minute and when time goes back, and going back is remarked', () => {
    const lines = [
      exportLine(2, { sys_updated_at: '01-03-2016 11:10', sys_mod_count: '1' }),
      exportLine(3, { sys_updated_at: '01-03-2016 09:52', sys_mod_count: '1', assigned_to: 'Resolver 1' }),
      exportLine(4, { sys_updated_at: '01-03-2016 09:52', sys_mod_count: '2', assigned_to: 'Resolver 2' })
    ]
    const { logged, remarks } = historyOf(lines, null, desk)
    expect(logged.flatMap(({ fact }) => (fact.type === 'exportLineRecorded' ? fact.line : []))).toEqual([2, 3, 4])
    expect(folded(logged).assigneeId).toBe(names.assignee('Resolver 2'))
    expect(remarks).toEqual([
      { line: 3, text: 'sys_updated_at goes back from 01-03-2016 11:10 to 01-03-2016 09:52; the order of the lines is kept' },
      { line: 3, text: 'sys_mod_count goes from 1 to 1; the order of the lines is kept' }
    ])
  })
})

describe('any history', () => {
  const anyLine = fc.record({
    incident_state: fc.constantFrom(
      'New',
      'Active',
      'Awaiting User Info',
      'Awaiting Problem',
      'Awaiting Vendor',
      'Awaiting Evidence',
      'Resolved',
      'Closed'
    ),
    priority: fc.constantFrom('1 - Critical', '2 - High', '3 - Moderate', '4 - Low', '5 - Planning'),
    assignment_group: fc.constantFrom('?', 'Group 1', 'Group 2'),
    assigned_to: fc.constantFrom('?', 'Resolver 1', 'Resolver 2'),
    reopen: fc.nat({ max: 1 })
  })
  const anyIncident = fc.array(anyLine, { minLength: 1, maxLength: 12 }).map((lines) => {
    let reopened = 0
    return lines.map(({ reopen, ...cells }, index) => exportLine(index + 2, { ...cells, reopen_count: String((reopened += reopen)) }))
  })

  it('ends where its last line says, wherever it is cut and continued', () => {
    fc.assert(
      fc.property(anyIncident, fc.nat(), (lines, cut) => {
        const whole = historyOf(lines, null, desk).logged
        expect(standing(folded(whole))).toEqual(told(lines.at(-1) ?? exportLine(1)))

        const at = 1 + (cut % lines.length)
        const first = historyOf(lines.slice(0, at), null, desk).logged
        const columns = lastColumns(first)
        const rest = columns ? historyOf(lines.slice(at), { state: folded(first), columns }, desk).logged : []
        expect([...first, ...rest]).toEqual(whole)
      }),
      { numRuns: 300 }
    )
  })
})

describe('the 600 real incidents', () => {
  it('all end as their last line says, in facts the desk could read back', async () => {
    const incidents = await realIncidents()
    expect(incidents.size).toBe(600)
    let lines = 0
    for (const incident of incidents.values()) {
      const { logged } = historyOf(incident, null, desk)
      expect(standing(folded(logged))).toEqual(told(incident.at(-1) ?? exportLine(1)))
      expect(logged.map(({ fact }) => CaseFact.parse(fact))).toEqual(logged.map(({ fact }) => fact))
      lines += recordedLines(logged).size
    }
    expect(lines).toBe(4_137)
  })

  it('can be rebuilt from the facts, line by line and column by column', async () => {
    for (const incident of (await realIncidents()).values()) {
      let columns = NO_COLUMNS
      const rebuilt = historyOf(incident, null, desk).logged.flatMap(({ fact }) => {
        if (fact.type !== 'exportLineRecorded') return []
        columns = { ...columns, ...after(fact) }
        return [{ line: fact.line, columns }]
      })
      expect(rebuilt).toEqual(incident.map((line) => ({ line: line.line, columns: line.columns })))
    }
  })

  it('were re-opened seven times in six incidents, and nothing else comes back from Resolved', async () => {
    const histories = [...(await realIncidents()).values()].map((lines) => historyOf(lines, null, desk).logged.map(({ fact }) => fact.type))
    expect(histories.filter((facts) => facts.includes('caseReopened'))).toHaveLength(6)
    expect(histories.flat().filter((type) => type === 'caseReopened')).toHaveLength(7)
    expect(histories.flat()).not.toContain('caseReturned')
  })
})

function after({ changes }: FactOf<'exportLineRecorded'>) {
  return Object.fromEntries(COLUMNS.flatMap((column) => (changes[column] ? [[column, changes[column][1]]] : [])))
}
