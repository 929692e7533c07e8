import type { History } from '../story.ts'

/** SLA-6: min(old due, raise + new target). */
export const raising: readonly History[] = [
  {
    title: '[SLA-6] 3 to 1 after 10 minutes',
    severity: 3,
    events: ['0:01 ack', '0:10 raise 1'],
    now: '0:11',
    sum: 'min(1:00, 0:10 + 0:15 = 0:25) = 0:25',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:25'],
    next: 'RESPONSE 0:25'
  },
  {
    title: '[SLA-6] 3 to 1 ten minutes before it was due anyway',
    severity: 3,
    events: ['0:01 ack', '0:50 raise 1'],
    now: '0:51',
    sum: 'min(1:00, 0:50 + 0:15 = 1:05) = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] 3 to 2 when both due instants are the same',
    severity: 3,
    events: ['0:01 ack', '0:30 raise 2'],
    now: '0:31',
    sum: 'min(1:00, 0:30 + 0:30 = 1:00) = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] 3 to 2 a minute before that',
    severity: 3,
    events: ['0:01 ack', '0:29 raise 2'],
    now: '0:31',
    sum: 'min(1:00, 0:29 + 0:30 = 0:59) = 0:59',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:59'],
    next: 'RESPONSE 0:59'
  },
  {
    title: '[SLA-6] 5 to 4 after an hour',
    severity: 5,
    events: ['0:01 ack', '1:00 raise 4'],
    now: '1:01',
    sum: 'min(24:00, 1:00 + 4:00 = 5:00) = 5:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 5:00'],
    next: 'RESPONSE 5:00'
  },
  {
    title: '[SLA-6] 5 to 1 ten minutes before the end',
    severity: 5,
    events: ['0:01 ack', '23:50 raise 1'],
    now: '23:51',
    sum: 'min(24:00, 23:50 + 0:15 = 24:05) = 24:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 24:00'],
    next: 'RESPONSE 24:00'
  },
  {
    title: '[SLA-6] step by step from 4 to 1',
    severity: 4,
    events: ['0:01 ack', '1:00 raise 3', '1:10 raise 2', '1:20 raise 1'],
    now: '1:21',
    sum: 'min(4:00, 2:00) = 2:00; min(2:00, 1:10 + 0:30) = 1:40; min(1:40, 1:20 + 0:15) = 1:35',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:35'],
    next: 'RESPONSE 1:35'
  },
  {
    title: '[SLA-6] in the instant it is due buys no time',
    severity: 3,
    events: ['0:01 ack', '1:00 raise 1'],
    now: '1:00:00.001',
    sum: 'min(1:00, 1:15) = 1:00 < 1:00:00.001',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] after the breach changes nothing',
    severity: 3,
    events: ['0:01 ack', '1:10 raise 1'],
    now: '1:11',
    sum: '1:00 passed unmet before 1:10',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] in the first instant',
    severity: 3,
    events: ['0:00 raise 1'],
    now: '0:01',
    sum: 'min(1:00, 0:00 + 0:15) = 0:15',
    reads: ['ACK running, due 0:15', 'RESPONSE running, due 0:15'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-6] never breaches in the same second',
    severity: 5,
    events: ['0:01 ack', '23:44:59.999 raise 1'],
    now: '23:45',
    sum: 'min(24:00, 23:44:59.999 + 0:15 = 23:59:59.999) = 23:59:59.999',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 23:59:59.999'],
    next: 'RESPONSE 23:59:59.999'
  },
  {
    title: '[SLA-6] moves UPDATE too',
    severity: 3,
    events: ['0:10 update', '1:00 raise 1'],
    now: '1:01',
    sum: 'min(0:10 + 4:00 = 4:10, 1:00 + 0:30 = 1:30) = 1:30',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 running, due 1:30'],
    next: 'UPDATE 1:30'
  },
  {
    title: '[SLA-6] leaves UPDATE when the old interval ends first',
    severity: 3,
    events: ['0:10 update', '3:30 raise 2'],
    now: '3:31',
    sum: 'min(4:10, 3:30 + 1:00 = 4:30) = 4:10',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 running, due 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-6] gives the next interval the new length',
    severity: 3,
    events: ['0:10 update', '1:00 raise 1', '1:20 update'],
    now: '1:21',
    sum: 'min(4:10, 1:30) = 1:30, met 1:20; 1:20 + 0:30 = 1:50',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 met 1:20, due 1:30', 'UPDATE 2 running, due 1:50'],
    next: 'UPDATE 1:50'
  },
  {
    title: '[SLA-6] out of a pause: severity 1 goes on while waiting',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '2:10 raise 1'],
    now: '2:11',
    sum: '4:10 - 1:10 leaves 3:00; min(2:10 + 3:00, 2:10 + 0:30) = 2:40',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 running, due 2:40'],
    next: 'UPDATE 2:40'
  },
  {
    title: '[SLA-6] within a pause: severity 3 stays paused with less left',
    severity: 5,
    events: ['0:10 update', '1:10 wait customer 5:10', '2:10 raise 3'],
    now: '3:10',
    sum: '72:10 - 1:10 leaves 71:00; min(71:00, 4:00) = 4:00; 5:10 + 4:00 = 9:10',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 24:00', 'UPDATE 1 paused 1:10 until 5:10, due 9:10'],
    next: 'UPDATE 9:10'
  }
]
