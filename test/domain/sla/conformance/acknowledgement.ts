import type { History } from '../story.ts'

/** SLA-1, SLA-16, SLA-17: 0:15 from the opening, whatever the severity. */
export const acknowledgement: readonly History[] = [
  {
    title: '[SLA-1] runs 15 minutes from the opening',
    severity: 3,
    events: [],
    now: '0:10',
    sum: 'ACK 0:00 + 0:15 = 0:15; RESPONSE 0:00 + 1:00 = 1:00',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-1] is not late until its last millisecond is over',
    severity: 1,
    events: [],
    now: '0:14:59.999',
    sum: '0:00 + 0:15 = 0:15 for both; ACK is named first',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 0:15'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-1] runs 15 minutes for severity 5 too',
    severity: 5,
    events: [],
    now: '0:15:00.001',
    sum: '0:00 + 0:15 = 0:15 < 0:15:00.001',
    reads: ['ACK breached 0:15', 'RESPONSE running, due 24:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-1] is met at the due instant',
    severity: 3,
    events: ['0:15 ack'],
    now: '0:20',
    sum: '0:15 <= 0:15',
    reads: ['ACK met 0:15, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-1] is breached a millisecond later',
    severity: 3,
    events: ['0:15:00.001 ack'],
    now: '0:20',
    sum: '0:15:00.001 > 0:15',
    reads: ['ACK breached 0:15, ended 0:15:00.001', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-1] is met in the instant of the opening',
    severity: 3,
    events: ['0:00 ack'],
    now: '0:01',
    sum: '0:00 <= 0:15',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-1] is met by saving a phone case with an owner',
    severity: 3,
    phone: 'owned',
    events: [],
    now: '0:01',
    sum: 'saved and owned at 0:00 <= 0:15',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-1] runs for a phone case that was left to a queue',
    severity: 3,
    phone: 'queue',
    events: [],
    now: '0:01',
    sum: '0:00 + 0:15 = 0:15',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-1] ends when somebody takes a phone case out of the queue',
    severity: 3,
    phone: 'queue',
    events: ['0:03 ack'],
    now: '0:04',
    sum: '0:03 <= 0:15',
    reads: ['ACK met 0:03, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-16] is met by an update to the customer',
    severity: 3,
    events: ['0:12 update'],
    now: '0:13',
    sum: 'ACK 0:12 <= 0:15; UPDATE 0:12 + 4:00 = 4:12',
    reads: ['ACK met 0:12, due 0:15', 'RESPONSE met 0:12, due 1:00', 'UPDATE 1 running, due 4:12'],
    next: 'UPDATE 4:12'
  },
  {
    title: '[SLA-16] is ended too late by an update after it was due',
    severity: 3,
    events: ['0:20 update'],
    now: '0:21',
    sum: 'ACK 0:20 > 0:15; UPDATE 0:20 + 4:00 = 4:20',
    reads: ['ACK breached 0:15, ended 0:20', 'RESPONSE met 0:20, due 1:00', 'UPDATE 1 running, due 4:20'],
    next: 'UPDATE 4:20'
  },
  {
    title: '[SLA-16] is met by a resolution',
    severity: 3,
    events: ['0:14 resolve'],
    now: '0:20',
    sum: 'ACK 0:14 <= 0:15; RESPONSE 0:14 <= 1:00',
    reads: ['ACK met 0:14, due 0:15', 'RESPONSE met 0:14, due 1:00'],
    next: 'none'
  },
  {
    title: '[SLA-1] never pauses',
    severity: 3,
    events: ['0:02 wait customer 2:00'],
    now: '0:20',
    sum: '0:00 + 0:15 = 0:15, the wait from 0:02 does not count',
    reads: ['ACK breached 0:15', 'RESPONSE running, due 1:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-17] stays when severity is raised',
    severity: 5,
    events: ['0:10 raise 1'],
    now: '0:11',
    sum: 'ACK 0:15; RESPONSE min(24:00, 0:10 + 0:15 = 0:25) = 0:25',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 0:25'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-17] stays when severity is lowered',
    severity: 1,
    events: ['0:14 lower 5'],
    now: '0:14:30',
    sum: 'ACK 0:15; RESPONSE max(0:15, 0:00 + 24:00) = 24:00',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 24:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-1] is not met by the customer asking',
    severity: 3,
    events: ['0:05 contact'],
    now: '0:06',
    sum: '0:00 + 0:15 = 0:15',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-1] is not met by the read-back of a case that nobody took',
    severity: 3,
    phone: 'queue',
    events: ['0:02 readback'],
    now: '0:03',
    sum: 'ACK 0:15; RESPONSE 0:02 <= 1:00; UPDATE 0:02 + 4:00 = 4:02',
    reads: ['ACK running, due 0:15', 'RESPONSE met 0:02, due 1:00', 'UPDATE 1 running, due 4:02'],
    next: 'ACK 0:15'
  }
]
