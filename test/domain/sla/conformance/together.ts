import type { History } from '../story.ts'

/** Whole cases, several rules at once. */
export const together: readonly History[] = [
  {
    title: '[SLA-5] a severity 1 outage from ring to closure',
    severity: 1,
    phone: 'owned',
    events: ['0:03 readback', '0:30 update', '1:00 update', '1:25 resolve', '2:00 close'],
    now: '10:00',
    sum: '0:03 + 0:30 = 0:33; 0:30 + 0:30 = 1:00; 1:00 + 0:30 = 1:30',
    reads: [
      'ACK met 0:00, due 0:15',
      'RESPONSE met 0:03, due 0:15',
      'UPDATE 1 met 0:30, due 0:33',
      'UPDATE 2 met 1:00, due 1:00',
      'UPDATE 3 met 1:25, due 1:30'
    ],
    next: 'none'
  },
  {
    title: '[SLA-7] a question from the portal that waits for the customer for a day',
    severity: 5,
    events: ['0:10 ack', '5:00 update', '6:00 wait customer 54:00', '30:00 contact', '40:00 resolve'],
    now: '50:00',
    sum: '5:00 + 72:00 = 77:00; 77:00 + 24:00 = 101:00, replaced 30:00; 30:00 + 72:00 = 102:00',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 5:00, due 24:00', 'UPDATE 1 ended 30:00, due 101:00', 'UPDATE 2 met 40:00, due 102:00'],
    next: 'none'
  },
  {
    title: '[SLA-6] raised out of a wait and lowered back into it',
    severity: 3,
    phone: 'owned',
    events: ['0:02 readback', '1:02 wait customer 8:02', '2:02 raise 2', '2:32 lower 3'],
    now: '3:00',
    sum: '4:02 - 1:02 leaves 3:00; min(3:00, 1:00): 3:02; max(3:02, 0:02 + 4:00 + 1:00 = 5:02) = 5:02; leaves 2:30 at 2:32; 8:02 + 2:30 = 10:32',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:02, due 1:00', 'UPDATE 1 paused 2:32 until 8:02, due 10:32'],
    next: 'UPDATE 10:32'
  },
  {
    title: '[SLA-3] asking back is no answer: the oldest contact goes on counting',
    severity: 4,
    events: ['0:05 ack', '2:00 update', '3:00 contact', '4:00 wait customer 10:00', '6:00 contact'],
    now: '7:00',
    sum: '2:00 + 24:00 = 26:00, replaced 3:00; 3:00 + 24:00 = 27:00; + (6:00 - 4:00) = 29:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 2:00, due 4:00', 'UPDATE 1 ended 3:00, due 26:00', 'UPDATE 2 running, due 29:00'],
    next: 'UPDATE 29:00'
  },
  {
    title: '[SLA-13] a case that nobody looked at',
    severity: 1,
    policy: 'resolve',
    events: [],
    now: '5:00',
    sum: '0:15, 0:15 and 4:00 are all before 5:00',
    reads: ['ACK breached 0:15', 'RESPONSE breached 0:15', 'RESOLVE breached 4:00'],
    next: 'ACK 0:15'
  },
  {
    title: '[SLA-13] everything done, everything late',
    severity: 1,
    policy: 'resolve',
    events: ['1:00 update', '5:00 resolve'],
    now: '6:00',
    sum: '1:00 > 0:15; 1:00 + 0:30 = 1:30 < 5:00; 5:00 > 4:00',
    reads: [
      'ACK breached 0:15, ended 1:00',
      'RESPONSE breached 0:15, ended 1:00',
      'UPDATE 1 breached 1:30, ended 5:00',
      'RESOLVE breached 4:00, ended 5:00'
    ],
    next: 'none'
  },
  {
    title: '[SLA-6] lowered, then raised beyond where it began',
    severity: 2,
    events: ['0:01 ack', '0:10 lower 4', '1:00 raise 1', '1:10 update'],
    now: '1:11',
    sum: 'max(0:30, 4:00) = 4:00; min(4:00, 1:15) = 1:15 >= 1:10; 1:10 + 0:30 = 1:40',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE met 1:10, due 1:15', 'UPDATE 1 running, due 1:40'],
    next: 'UPDATE 1:40'
  },
  {
    title: '[SLA-2] notes and hand-overs move no clock',
    severity: 3,
    phone: 'owned',
    events: ['0:05 note', '0:10 assign', '0:15 note'],
    now: '0:20',
    sum: '0:00 + 1:00 = 1:00',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-7] two waits that ran out unnoticed, and then nobody',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 2:10', '4:00 wait customer 6:00'],
    now: '7:10:00.001',
    sum: '4:10 + 1:00 + 2:00 = 7:10 < 7:10:00.001',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 breached 7:10'],
    next: 'UPDATE 7:10'
  },
  {
    title: '[SLA-18] waiting on evidence while the update falls due',
    severity: 3,
    events: ['0:10 update', '1:00 wait evidence 9:00'],
    now: '4:10:00.001',
    sum: '0:10 + 4:00 = 4:10 < 4:10:00.001',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 breached 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-20] the next deadline is the broken one, whatever falls due after it',
    severity: 2,
    events: ['0:05 ack', '0:40 contact'],
    now: '0:45',
    sum: '0:00 + 0:30 = 0:30 < 0:45',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE breached 0:30'],
    next: 'RESPONSE 0:30'
  }
]
