import type { History } from '../story.ts'

/** SLA-6: start and elapsed time stay, the longer target applies; a breach stays. */
export const lowering: readonly History[] = [
  {
    title: '[SLA-6] 1 to 3 after 5 minutes',
    severity: 1,
    events: ['0:01 ack', '0:05 lower 3'],
    now: '0:06',
    sum: 'max(0:15, 0:00 + 1:00) = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] 1 to 2 in the last minute',
    severity: 1,
    events: ['0:01 ack', '0:14 lower 2'],
    now: '0:16',
    sum: 'max(0:15, 0:00 + 0:30) = 0:30',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:30'],
    next: 'RESPONSE 0:30'
  },
  {
    title: '[SLA-6] 2 to 5',
    severity: 2,
    events: ['0:01 ack', '0:10 lower 5'],
    now: '0:11',
    sum: 'max(0:30, 0:00 + 24:00) = 24:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 24:00'],
    next: 'RESPONSE 24:00'
  },
  {
    title: '[SLA-6] the time that has gone by stays gone',
    severity: 2,
    events: ['0:01 ack', '0:29 lower 3'],
    now: '0:59',
    sum: '0:00 + 1:00 = 1:00, not 0:29 + 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] in the due instant is still in time',
    severity: 1,
    events: ['0:01 ack', '0:15 lower 3'],
    now: '0:15:00.001',
    sum: '0:15 is not past 0:15; max(0:15, 1:00) = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-13] after the breach takes nothing back',
    severity: 1,
    events: ['0:01 ack', '0:16 lower 3'],
    now: '0:20',
    sum: '0:15 passed unmet before 0:16',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:15'],
    next: 'RESPONSE 0:15'
  },
  {
    title: '[SLA-13] after the breach, then answered: UPDATE has the new length',
    severity: 1,
    events: ['0:01 ack', '0:16 lower 3', '0:20 update'],
    now: '0:21',
    sum: '0:15 < 0:20; 0:20 + 4:00 = 4:20',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE breached 0:15, ended 0:20', 'UPDATE 1 running, due 4:20'],
    next: 'UPDATE 4:20'
  },
  {
    title: '[SLA-6] raised and lowered back',
    severity: 3,
    events: ['0:01 ack', '0:10 raise 1', '0:20 lower 3'],
    now: '0:21',
    sum: 'min(1:00, 0:25) = 0:25; max(0:25, 0:00 + 1:00) = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] never earlier, although the new target from the start has passed',
    severity: 3,
    events: ['0:01 ack', '0:50 raise 1', '0:55 lower 2'],
    now: '0:56',
    sum: 'min(1:00, 1:05) = 1:00; max(1:00, 0:00 + 0:30) = 1:00',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-6] raised by two and lowered by one',
    severity: 3,
    events: ['0:01 ack', '0:10 raise 1', '0:12 lower 2'],
    now: '0:13',
    sum: 'min(1:00, 0:25) = 0:25; max(0:25, 0:00 + 0:30) = 0:30',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:30'],
    next: 'RESPONSE 0:30'
  },
  {
    title: '[SLA-6] gives UPDATE the longer interval too',
    severity: 1,
    events: ['0:05 update', '0:20 lower 3'],
    now: '0:40',
    sum: 'max(0:35, 0:05 + 4:00 = 4:05) = 4:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 running, due 4:05'],
    next: 'UPDATE 4:05'
  },
  {
    title: '[SLA-13] leaves a broken UPDATE broken',
    severity: 1,
    events: ['0:05 update', '0:40 lower 3'],
    now: '0:41',
    sum: '0:05 + 0:30 = 0:35 < 0:40',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-6] into a pause: severity 3 stops while waiting',
    severity: 2,
    events: ['0:10 update', '0:20 wait customer 6:20', '0:40 lower 3'],
    now: '1:00',
    sum: 'max(1:10, 0:10 + 4:00) = 4:10; 4:10 - 0:40 leaves 3:30; 6:20 + 3:30 = 9:50',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 0:30', 'UPDATE 1 paused 0:40 until 6:20, due 9:50'],
    next: 'UPDATE 9:50'
  },
  {
    title: '[SLA-6] within a pause: what was used up stays used up',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10', '2:10 lower 4'],
    now: '2:20',
    sum: '1:10 - 0:10 used 1:00; 24:00 - 1:00 leaves 23:00; 3:10 + 23:00 = 26:10',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 paused 1:10 until 3:10, due 26:10'],
    next: 'UPDATE 26:10'
  }
]
