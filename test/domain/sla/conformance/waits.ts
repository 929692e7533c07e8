import type { History } from '../story.ts'

const told3 = ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00']

/** SLA-3, SLA-7, SLA-18: the pause is [start, min(end date, contact, resumption)). Severity 3 told at 0:10 has its update due at 0:10 + 4:00 = 4:10. */
export const waits: readonly History[] = [
  {
    title: '[SLA-7] on the customer pauses UPDATE until the end date',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10'],
    now: '2:00',
    sum: '4:10 - 1:10 leaves 3:00; 3:10 + 3:00 = 6:10',
    reads: [...told3, 'UPDATE 1 paused 1:10 until 3:10, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-7] is over at its end date though nobody says so',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10'],
    now: '3:10',
    sum: '4:10 + (3:10 - 1:10) = 6:10',
    reads: [...told3, 'UPDATE 1 running, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-7] is ended by a contact, which also starts UPDATE again',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '2:10 contact'],
    now: '2:20',
    sum: '4:10 + (2:10 - 1:10) = 5:10; 2:10 + 4:00 = 6:10',
    reads: [...told3, 'UPDATE 1 ended 2:10, due 5:10', 'UPDATE 2 running, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-7] is ended by hand',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '2:10 resume'],
    now: '2:20',
    sum: '4:10 + (2:10 - 1:10) = 5:10',
    reads: [...told3, 'UPDATE 1 running, due 5:10'],
    next: 'UPDATE 5:10'
  },
  {
    title: '[SLA-7] counts to its end date when the contact comes after it',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 2:10', '3:10 contact'],
    now: '3:20',
    sum: '4:10 + (2:10 - 1:10) = 5:10; 3:10 + 4:00 = 7:10',
    reads: [...told3, 'UPDATE 1 ended 3:10, due 5:10', 'UPDATE 2 running, due 7:10'],
    next: 'UPDATE 7:10'
  },
  {
    title: '[SLA-7] counts to its end date when it is resumed after it',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 2:10', '3:10 resume'],
    now: '3:20',
    sum: '4:10 + (2:10 - 1:10) = 5:10',
    reads: [...told3, 'UPDATE 1 running, due 5:10'],
    next: 'UPDATE 5:10'
  },
  {
    title: '[SLA-3] does not pause UPDATE at severity 1',
    severity: 1,
    events: ['0:05 update', '0:10 wait customer 4:00'],
    now: '0:36',
    sum: '0:05 + 0:30 = 0:35 < 0:36',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-3] does not pause UPDATE at severity 2',
    severity: 2,
    events: ['0:05 update', '0:10 wait customer 4:00'],
    now: '1:00',
    sum: '0:05 + 1:00 = 1:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:30', 'UPDATE 1 running, due 1:05'],
    next: 'UPDATE 1:05'
  },
  {
    title: '[SLA-7] pauses UPDATE at severity 4 for a day',
    severity: 4,
    events: ['0:10 update', '1:10 wait customer 25:10'],
    now: '2:00',
    sum: '24:10 + (25:10 - 1:10) = 48:10',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 4:00', 'UPDATE 1 paused 1:10 until 25:10, due 48:10'],
    next: 'UPDATE 48:10'
  },
  {
    title: '[SLA-7] pauses UPDATE at severity 5 from the instant it starts',
    severity: 5,
    events: ['0:10 update', '0:10 wait customer 10:10'],
    now: '1:00',
    sum: '72:10 + (10:10 - 0:10) = 82:10',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 24:00', 'UPDATE 1 paused 0:10 until 10:10, due 82:10'],
    next: 'UPDATE 82:10'
  },
  {
    title: '[SLA-18] on a vendor does not pause UPDATE',
    severity: 3,
    events: ['0:10 update', '1:10 wait vendor 3:10'],
    now: '2:00',
    sum: '0:10 + 4:00 = 4:10',
    reads: [...told3, 'UPDATE 1 running, due 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-18] on a problem does not pause UPDATE',
    severity: 3,
    events: ['0:10 update', '1:10 wait problem 3:10'],
    now: '2:00',
    sum: '0:10 + 4:00 = 4:10',
    reads: [...told3, 'UPDATE 1 running, due 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-18] on evidence does not pause UPDATE',
    severity: 3,
    events: ['0:10 update', '1:10 wait evidence 3:10'],
    now: '2:00',
    sum: '0:10 + 4:00 = 4:10',
    reads: [...told3, 'UPDATE 1 running, due 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-7] goes on after an update, whose interval is paused at once',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 5:10', '2:10 update'],
    now: '3:00',
    sum: '4:10 + (2:10 - 1:10) = 5:10; 5:10 + 4:00 = 9:10',
    reads: [...told3, 'UPDATE 1 met 2:10, due 5:10', 'UPDATE 2 paused 2:10 until 5:10, due 9:10'],
    next: 'UPDATE 9:10'
  },
  {
    title: '[SLA-7] twice adds up',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '2:10 resume', '3:00 wait customer 4:00'],
    now: '5:00',
    sum: '4:10 + 1:00 + 1:00 = 6:10',
    reads: [...told3, 'UPDATE 1 running, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-13] after the breach pauses nothing',
    severity: 3,
    events: ['0:10 update', '4:20 wait customer 6:00'],
    now: '5:00',
    sum: '4:10 passed unmet before 4:20',
    reads: [...told3, 'UPDATE 1 breached 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-12] from the due instant holds it with nothing left',
    severity: 3,
    events: ['0:10 update', '4:10 wait customer 6:10'],
    now: '5:00',
    sum: '4:10 - 4:10 leaves 0:00; 6:10 + 0:00 = 6:10',
    reads: [...told3, 'UPDATE 1 paused 4:10 until 6:10, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-12] with nothing left breaches right after its end',
    severity: 3,
    events: ['0:10 update', '4:10 wait customer 6:10'],
    now: '6:10:00.001',
    sum: '6:10 + 0:00 = 6:10 < 6:10:00.001',
    reads: [...told3, 'UPDATE 1 breached 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-7] on the customer, replaced by one on a vendor',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 5:10', '2:10 wait vendor 5:10'],
    now: '3:00',
    sum: '4:10 + (2:10 - 1:10) = 5:10',
    reads: [...told3, 'UPDATE 1 running, due 5:10'],
    next: 'UPDATE 5:10'
  },
  {
    title: '[SLA-7] on a vendor, replaced by one on the customer',
    severity: 3,
    events: ['0:10 update', '1:10 wait vendor 5:10', '2:10 wait customer 3:10'],
    now: '3:00',
    sum: '4:10 + (3:10 - 2:10) = 5:10',
    reads: [...told3, 'UPDATE 1 paused 2:10 until 3:10, due 5:10'],
    next: 'UPDATE 5:10'
  },
  {
    title: '[SLA-7] again after its end date',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 2:10', '3:10 wait customer 4:10'],
    now: '4:00',
    sum: '4:10 + 1:00 + 1:00 = 6:10',
    reads: [...told3, 'UPDATE 1 paused 3:10 until 4:10, due 6:10'],
    next: 'UPDATE 6:10'
  }
]
