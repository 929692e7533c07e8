import type { History } from '../story.ts'

const told3 = ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00']

/** SLA-11: what was done without a connection counts when it was done. */
export const late: readonly History[] = [
  {
    title: '[SLA-11] an acknowledgement withdraws the breach',
    severity: 3,
    events: ['0:10 ack, recorded 2:00'],
    now: '2:00',
    sum: '0:10 <= 0:15; RESPONSE 1:00 < 2:00',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE breached 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-11] an acknowledgement that was too late anyway stays too late',
    severity: 3,
    events: ['0:20 ack, recorded 2:00'],
    now: '2:00',
    sum: '0:20 > 0:15',
    reads: ['ACK breached 0:15, ended 0:20', 'RESPONSE breached 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-11] an acknowledgement before the one on record counts',
    severity: 3,
    events: ['0:20 ack by engineer', '0:12 ack, recorded 2:00'],
    now: '2:00',
    sum: '0:12 <= 0:15',
    reads: ['ACK met 0:12, due 0:15', 'RESPONSE breached 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-11] an update withdraws the breach of RESPONSE',
    severity: 3,
    events: ['0:01 ack', '0:50 update, recorded 3:00'],
    now: '3:00',
    sum: '0:50 <= 1:00; 0:50 + 4:00 = 4:50',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE met 0:50, due 1:00', 'UPDATE 1 running, due 4:50'],
    next: 'UPDATE 4:50'
  },
  {
    title: '[SLA-11] an update between two others withdraws the breach between them',
    severity: 1,
    events: ['0:05 update', '1:00 update', '0:30 update, recorded 1:10'],
    now: '1:10',
    sum: '0:35 >= 0:30; 0:30 + 0:30 = 1:00 >= 1:00; 1:00 + 0:30 = 1:30',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 0:15',
      'UPDATE 1 met 0:30, due 0:35',
      'UPDATE 2 met 1:00, due 1:00',
      'UPDATE 3 running, due 1:30'
    ],
    next: 'UPDATE 1:30'
  },
  {
    title: '[SLA-11] a contact in a wait that is over finds a breach',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '8:10 resume', '2:10 contact, recorded 8:30'],
    now: '8:30',
    sum: '4:10 + 1:00 = 5:10, replaced 2:10; 2:10 + 4:00 = 6:10 < 8:30',
    reads: [...told3, 'UPDATE 1 ended 2:10, due 5:10', 'UPDATE 2 breached 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-11] a contact ends the wait that still goes on',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '2:10 contact, recorded 3:00'],
    now: '3:00',
    sum: '4:10 + 1:00 = 5:10; 2:10 + 4:00 = 6:10',
    reads: [...told3, 'UPDATE 1 ended 2:10, due 5:10', 'UPDATE 2 running, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-11] a raise finds a breach',
    severity: 3,
    events: ['0:01 ack', '0:10 raise 1, recorded 0:40'],
    now: '0:40',
    sum: 'min(1:00, 0:10 + 0:15) = 0:25 < 0:40',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:25'],
    next: 'RESPONSE 0:25'
  },
  {
    title: '[SLA-11] the earlier of two raises counts',
    severity: 3,
    events: ['0:01 ack', '0:30 raise 1 by engineer', '0:40 update by engineer', '0:10 raise 1, recorded 1:00'],
    now: '1:00',
    sum: 'min(1:00, 0:10 + 0:15) = 0:25 < 0:40; 0:40 + 0:30 = 1:10',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:25, ended 0:40', 'UPDATE 1 running, due 1:10'],
    next: 'UPDATE 1:10'
  },
  {
    title: '[SLA-19] a raise outranks a lowering made after it',
    severity: 2,
    events: ['0:01 ack', '0:20 lower 3 by engineer', '0:10 raise 1, recorded 0:50'],
    now: '0:50',
    sum: 'min(0:30, 0:10 + 0:15) = 0:25 < 0:50',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:25'],
    next: 'RESPONSE 0:25'
  },
  {
    title: '[SLA-11] a resumption ends the pause when it was resumed',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '2:10 resume, recorded 4:00'],
    now: '4:00',
    sum: '4:10 + (2:10 - 1:10) = 5:10',
    reads: [...told3, 'UPDATE 1 running, due 5:10'],
    next: 'UPDATE 5:10'
  },
  {
    title: '[SLA-11] a wait begins when the customer was asked',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 5:10, recorded 2:00'],
    now: '2:00',
    sum: '4:10 + (5:10 - 1:10) = 8:10',
    reads: [...told3, 'UPDATE 1 paused 1:10 until 5:10, due 8:10'],
    next: 'UPDATE 8:10'
  },
  {
    title: '[SLA-11] a read-back counts when it was read',
    severity: 1,
    phone: 'owned',
    events: ['0:05 readback, recorded 0:30'],
    now: '0:30',
    sum: '0:05 <= 0:15; 0:05 + 0:30 = 0:35',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 running, due 0:35'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-11] an update on a case closed since withdraws its breach',
    severity: 1,
    phone: 'owned',
    events: ['0:40 resolve by engineer', '0:50 close by engineer', '0:10 update, recorded 2:00'],
    now: '2:00',
    sum: '0:10 <= 0:15; 0:10 + 0:30 = 0:40 >= 0:40',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:10, due 0:15', 'UPDATE 1 met 0:40, due 0:40'],
    next: 'none'
  }
]
