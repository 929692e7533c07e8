import type { History } from '../story.ts'

/** SLA-9, SLA-17, SLA-25: the next cycle owes a new response (and resolution), the results of earlier cycles stay. */
export const reopening: readonly History[] = [
  {
    title: '[SLA-9] owes a new response',
    severity: 3,
    events: ['0:10 update', '1:00 resolve', '5:00 reopen'],
    now: '5:10',
    sum: 'UPDATE 4:10 met 1:00; 5:00 + 1:00 = 6:00',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 met 1:00, due 4:10', 'RESPONSE (cycle 2) running, due 6:00'],
    next: 'RESPONSE 6:00'
  },
  {
    title: '[SLA-9] counts rounds of UPDATE anew',
    severity: 3,
    events: ['0:10 update', '1:00 resolve', '5:00 reopen', '5:30 update'],
    now: '5:31',
    sum: '5:30 <= 6:00; 5:30 + 4:00 = 9:30',
    reads: [
      'ACK met 0:10, due 0:15',
      'RESPONSE met 0:10, due 1:00',
      'UPDATE 1 met 1:00, due 4:10',
      'RESPONSE (cycle 2) met 5:30, due 6:00',
      'UPDATE 1 (cycle 2) running, due 9:30'
    ],
    next: 'UPDATE 9:30'
  },
  {
    title: '[SLA-9] keeps the breach of the first cycle',
    severity: 1,
    events: ['0:05 ack', '0:20 update', '0:30 resolve', '1:00 reopen'],
    now: '1:05',
    sum: '0:20 > 0:15; 0:20 + 0:30 = 0:50; 1:00 + 0:15 = 1:15',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE breached 0:15, ended 0:20',
      'UPDATE 1 met 0:30, due 0:50',
      'RESPONSE (cycle 2) running, due 1:15'
    ],
    next: 'RESPONSE 1:15'
  },
  {
    title: '[SLA-9] after the closure',
    severity: 2,
    events: ['0:05 ack', '0:20 resolve', '0:30 close', '3:00 reopen'],
    now: '3:10',
    sum: '0:20 <= 0:30; 3:00 + 0:30 = 3:30',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:20, due 0:30', 'RESPONSE (cycle 2) running, due 3:30'],
    next: 'RESPONSE 3:30'
  },
  {
    title: '[SLA-17] owes no second acknowledgement',
    severity: 3,
    phone: 'owned',
    events: ['0:30 resolve', '1:00 reopen'],
    now: '1:01',
    sum: 'ACK 0:00; 1:00 + 1:00 = 2:00',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:30, due 1:00', 'RESPONSE (cycle 2) running, due 2:00'],
    next: 'RESPONSE 2:00'
  },
  {
    title: '[SLA-9] goes by the severity the case has by then',
    severity: 3,
    events: ['0:01 ack', '0:10 raise 1', '0:20 update', '0:30 resolve', '2:00 reopen'],
    now: '2:01',
    sum: 'min(1:00, 0:25) = 0:25; 0:20 + 0:30 = 0:50; 2:00 + 0:15 = 2:15',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE met 0:20, due 0:25', 'UPDATE 1 met 0:30, due 0:50', 'RESPONSE (cycle 2) running, due 2:15'],
    next: 'RESPONSE 2:15'
  },
  {
    title: '[SLA-9] twice makes three cycles',
    severity: 3,
    phone: 'owned',
    events: ['0:30 resolve', '1:00 reopen', '1:30 resolve', '3:00 reopen'],
    now: '3:10',
    sum: '1:00 + 1:00 = 2:00 >= 1:30; 3:00 + 1:00 = 4:00',
    reads: [
      'ACK met 0:00, due 0:15',
      'RESPONSE met 0:30, due 1:00',
      'RESPONSE (cycle 2) met 1:30, due 2:00',
      'RESPONSE (cycle 3) running, due 4:00'
    ],
    next: 'RESPONSE 4:00'
  },
  {
    title: '[SLA-9] does not take a wait along',
    severity: 3,
    phone: 'owned',
    events: ['0:10 update', '0:20 wait customer 9:00', '1:00 resolve', '2:00 reopen', '2:30 update'],
    now: '3:00',
    sum: '4:10 + 0:40 = 4:50; 2:00 + 1:00 = 3:00; 2:30 + 4:00 = 6:30',
    reads: [
      'ACK met 0:00, due 0:15',
      'RESPONSE met 0:10, due 1:00',
      'UPDATE 1 met 1:00, due 4:50',
      'RESPONSE (cycle 2) met 2:30, due 3:00',
      'UPDATE 1 (cycle 2) running, due 6:30'
    ],
    next: 'UPDATE 6:30'
  },
  {
    title: '[SLA-9] owes a new resolution where one is promised',
    severity: 1,
    policy: 'resolve',
    phone: 'owned',
    events: ['1:00 resolve', '10:00 reopen'],
    now: '10:05',
    sum: '0:15 < 1:00; 1:00 <= 4:00; 10:00 + 0:15 = 10:15; 10:00 + 4:00 = 14:00',
    reads: [
      'ACK met 0:00, due 0:15',
      'RESPONSE breached 0:15, ended 1:00',
      'RESOLVE met 1:00, due 4:00',
      'RESPONSE (cycle 2) running, due 10:15',
      'RESOLVE (cycle 2) running, due 14:00'
    ],
    next: 'RESPONSE 10:15'
  },
  {
    title: '[SLA-9] can be breached although the first cycle was not',
    severity: 2,
    phone: 'owned',
    events: ['0:10 update', '0:40 resolve', '2:00 reopen'],
    now: '2:31',
    sum: '0:10 + 1:00 = 1:10; 2:00 + 0:30 = 2:30 < 2:31',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:10, due 0:30', 'UPDATE 1 met 0:40, due 1:10', 'RESPONSE (cycle 2) breached 2:30'],
    next: 'RESPONSE 2:30'
  },
  {
    title: '[SLA-25] is the only thing that starts a clock of a resolved case',
    severity: 2,
    phone: 'owned',
    events: ['0:10 update', '0:40 resolve'],
    now: '100:00',
    sum: '0:10 + 1:00 = 1:10 >= 0:40',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:10, due 0:30', 'UPDATE 1 met 0:40, due 1:10'],
    next: 'none'
  },
  {
    title: '[SLA-25] is needed even when the customer calls about a resolved case',
    severity: 2,
    phone: 'owned',
    events: ['0:10 update', '0:40 resolve', '1:00 contact'],
    now: '5:00',
    sum: '0:10 + 1:00 = 1:10 >= 0:40',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:10, due 0:30', 'UPDATE 1 met 0:40, due 1:10'],
    next: 'none'
  }
]
