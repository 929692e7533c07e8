import type { History } from '../story.ts'

/** SLA-10. */
export const merged: readonly History[] = [
  {
    title: '[SLA-10] UPDATE ends as merged',
    severity: 3,
    events: ['0:10 update', '1:00 merge'],
    now: '9:00',
    sum: '0:10 + 4:00 = 4:10 >= 1:00',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 merged 1:00, due 4:10'],
    next: 'none'
  },
  {
    title: '[SLA-10] promises that nobody kept end as merged, not as met',
    severity: 3,
    events: ['0:05 merge'],
    now: '9:00',
    sum: '0:05 <= 0:15 and 1:00',
    reads: ['ACK merged 0:05, due 0:15', 'RESPONSE merged 0:05, due 1:00'],
    next: 'none'
  },
  {
    title: '[SLA-10] what was broken stays broken',
    severity: 1,
    events: ['0:20 merge'],
    now: '9:00',
    sum: '0:20 > 0:15',
    reads: ['ACK breached 0:15, ended 0:20', 'RESPONSE breached 0:15, ended 0:20'],
    next: 'none'
  },
  {
    title: '[SLA-10] out of a pause',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait customer 3:00', '2:00 merge'],
    now: '9:00',
    sum: '4:05 + 1:00 = 5:05; 24:00 + 1:00 = 25:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 merged 2:00, due 5:05', 'RESOLVE merged 2:00, due 25:00'],
    next: 'none'
  }
]
