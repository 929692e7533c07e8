import type { History } from '../story.ts'

/** SLA-2: 0:15, 0:30, 1:00, 4:00, 24:00 from the opening to the first word to the customer. */
export const response: readonly History[] = [
  {
    title: '[SLA-2] allows 15 minutes at severity 1',
    severity: 1,
    events: ['0:01 ack'],
    now: '0:10',
    sum: '0:00 + 0:15 = 0:15',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:15'],
    next: 'RESPONSE 0:15'
  },
  {
    title: '[SLA-2] allows 30 minutes at severity 2',
    severity: 2,
    events: ['0:01 ack'],
    now: '0:10',
    sum: '0:00 + 0:30 = 0:30',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:30'],
    next: 'RESPONSE 0:30'
  },
  {
    title: '[SLA-2] allows an hour at severity 3',
    severity: 3,
    events: ['0:01 ack'],
    now: '0:10',
    sum: '0:00 + 1:00 = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-2] allows 4 hours at severity 4',
    severity: 4,
    events: ['0:01 ack'],
    now: '0:10',
    sum: '0:00 + 4:00 = 4:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 4:00'],
    next: 'RESPONSE 4:00'
  },
  {
    title: '[SLA-2] allows 24 hours at severity 5',
    severity: 5,
    events: ['0:01 ack'],
    now: '0:10',
    sum: '0:00 + 24:00 = 24:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 24:00'],
    next: 'RESPONSE 24:00'
  },
  {
    title: '[SLA-2] is met at the due instant',
    severity: 2,
    events: ['0:01 ack', '0:30 update'],
    now: '0:45',
    sum: '0:30 <= 0:30; UPDATE 0:30 + 1:00 = 1:30',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE met 0:30, due 0:30', 'UPDATE 1 running, due 1:30'],
    next: 'UPDATE 1:30'
  },
  {
    title: '[SLA-2] is breached a millisecond later, and UPDATE starts all the same',
    severity: 2,
    events: ['0:01 ack', '0:30:00.001 update'],
    now: '0:45',
    sum: '0:30:00.001 > 0:30; UPDATE 0:30:00.001 + 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:30, ended 0:30:00.001', 'UPDATE 1 running, due 1:30:00.001'],
    next: 'UPDATE 1:30:00.001'
  },
  {
    title: '[SLA-2] is breached a millisecond after it was due',
    severity: 1,
    events: ['0:01 ack'],
    now: '0:15:00.001',
    sum: '0:00 + 0:15 = 0:15 < 0:15:00.001',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:15'],
    next: 'RESPONSE 0:15'
  },
  {
    title: '[SLA-2] is not breached at the due instant',
    severity: 1,
    events: ['0:01 ack'],
    now: '0:15',
    sum: 'a word at 0:15 would still be in time',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:15'],
    next: 'RESPONSE 0:15'
  },
  {
    title: '[SLA-2] is met by the ticked read-back',
    severity: 3,
    phone: 'owned',
    events: ['0:02 readback'],
    now: '0:03',
    sum: 'RESPONSE 0:02 <= 1:00; UPDATE 0:02 + 4:00 = 4:02',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:02, due 1:00', 'UPDATE 1 running, due 4:02'],
    next: 'UPDATE 4:02'
  },
  {
    title: '[SLA-2] is met once, by the first word',
    severity: 3,
    events: ['0:10 update', '0:50 update'],
    now: '0:51',
    sum: 'RESPONSE 0:10; UPDATE 1 0:10 + 4:00 = 4:10; UPDATE 2 0:50 + 4:00 = 4:50',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 met 0:50, due 4:10', 'UPDATE 2 running, due 4:50'],
    next: 'UPDATE 4:50'
  },
  {
    title: '[SLA-2] never pauses',
    severity: 3,
    events: ['0:01 ack', '0:10 wait customer 5:00'],
    now: '1:00:00.001',
    sum: '0:00 + 1:00 = 1:00, the wait from 0:10 does not count',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-2] is not met by the customer asking',
    severity: 2,
    events: ['0:01 ack', '0:05 contact'],
    now: '0:10',
    sum: '0:00 + 0:30 = 0:30',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:30'],
    next: 'RESPONSE 0:30'
  },
  {
    title: '[SLA-2] is not met by an internal note',
    severity: 2,
    events: ['0:01 ack', '0:05 note'],
    now: '0:10',
    sum: '0:00 + 0:30 = 0:30',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:30'],
    next: 'RESPONSE 0:30'
  },
  {
    title: '[SLA-2] is met by a resolution that is the first word',
    severity: 4,
    events: ['0:01 ack', '3:59 resolve'],
    now: '5:00',
    sum: '3:59 <= 4:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE met 3:59, due 4:00'],
    next: 'none'
  },
  {
    title: '[SLA-2] stays breached when the case is resolved too late',
    severity: 4,
    events: ['0:01 ack', '4:10 resolve'],
    now: '5:00',
    sum: '4:10 > 4:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 4:00, ended 4:10'],
    next: 'none'
  }
]
