import { describe, expect, it } from 'vitest'
import { readLine } from '#server/import/servicenow/line.ts'
import { readTimestamp } from '#server/import/servicenow/timestamp.ts'
import { NOW, ordinaryCells } from './export-file.ts'

const read = (cells: Record<string, string>) => readLine(7, ordinaryCells(2, cells), NOW)

describe('a line of an export', () => {
  it('is read with its dates as UTC, day first', () => {
    expect(read({ priority: '2 - High', incident_state: 'Awaiting Vendor', sys_updated_at: '02-03-2016 17:38' })).toMatchObject({
      usable: true,
      line: {
        line: 7,
        number: 'INC0000001',
        standing: { status: 'waiting', on: 'vendor' },
        severity: 2,
        updatedAt: Date.UTC(2016, 2, 2, 17, 38)
      }
    })
  })

  it('takes ? for an empty cell', () => {
    expect(read({ assigned_to: '?' })).toMatchObject({ line: { columns: { assigned_to: '' } } })
  })

  it('counts the final outcome only where it can be true already', () => {
    const outcome = {
      closed_code: 'code 5',
      resolved_by: 'Resolved by 149',
      resolved_at: '02-03-2016 11:29',
      closed_at: '05-03-2016 12:00'
    }
    expect(read({ ...outcome, incident_state: 'Active' })).toMatchObject({
      line: { columns: { closed_code: '', resolved_by: '', resolved_at: '', closed_at: '' } }
    })
    expect(read({ ...outcome, incident_state: 'Resolved' })).toMatchObject({ line: { columns: { ...outcome, closed_at: '' } } })
    expect(read({ ...outcome, incident_state: 'Closed' })).toMatchObject({ line: { columns: outcome } })
  })

  it.each([
    [{ number: '?' }, 'number is not an incident number: ""'],
    [{ incident_state: 'Pondering' }, 'incident_state is not a state this import knows: "Pondering"'],
    [{ incident_state: 'constructor' }, 'incident_state is not a state this import knows: "constructor"'],
    [{ impact: 'constructor' }, 'impact is not one of 1 - High, 2 - Medium, 3 - Low: "constructor"'],
    [{ priority: '9 - Odd' }, 'priority is not one of 1 to 5: "9 - Odd"'],
    [{ contact_type: 'Pigeon' }, 'contact_type has no channel here: "Pigeon"'],
    [{ reopen_count: '-1' }, 'reopen_count is not a count: "-1"'],
    [{ opened_at: '?' }, 'opened_at is empty: ""'],
    [{ sys_updated_at: '31-02-2016 10:00' }, 'sys_updated_at is not a date that exists: "31-02-2016 10:00"'],
    [{ sys_created_at: '2016/02/01' }, 'sys_created_at is not a date that exists: "2016/02/01"'],
    [{ sys_updated_at: '01-01-2107 00:00' }, 'sys_updated_at lies in the future: "01-01-2107 00:00"'],
    [{ category: 'x'.repeat(201) }, `category is longer than 200 characters: "${'x'.repeat(60)}…"`],
    [{ category: 'a\u0000b' }, String.raw`category holds a control character: "a\u0000b"`]
  ])('is refused for %j', (cells, reason) => {
    expect(read(cells)).toEqual({ usable: false, reason })
  })
})

describe('a date of an export', () => {
  it.each([
    ['29-02-2016 01:16', Date.UTC(2016, 1, 29, 1, 16)],
    ['29-02-2016 01:16:59', Date.UTC(2016, 1, 29, 1, 16, 59)],
    ['2016-02-29 01:16:59', Date.UTC(2016, 1, 29, 1, 16, 59)],
    ['29-02-2015 01:16', null],
    ['00-01-2016 01:16', null],
    ['01-13-2016 01:16', null],
    ['01-01-2016 24:00', null],
    ['01-01-2016 10:60', null],
    ['1-1-2016 10:00', null],
    ['01-01-1960 10:00', null],
    ['', null]
  ])('%j is %j', (text, instant) => {
    expect(readTimestamp(text)).toBe(instant)
  })
})
