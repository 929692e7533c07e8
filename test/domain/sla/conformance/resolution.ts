import type { History } from '../story.ts'

/** SLA-4, SLA-18, with the policy that promises resolution in 4:00, 8:00, 24:00, 48:00 and, at severity 5, not at all. */
export const resolution: readonly History[] = [
  {
    title: '[SLA-4] within 4 hours at severity 1',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:00 + 4:00 = 4:00; UPDATE 0:35',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 running, due 0:35', 'RESOLVE running, due 4:00'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-4] within 8 hours at severity 2',
    severity: 2,
    policy: 'resolve',
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:00 + 8:00 = 8:00; UPDATE 1:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:30', 'UPDATE 1 running, due 1:05', 'RESOLVE running, due 8:00'],
    next: 'UPDATE 1:05'
  },
  {
    title: '[SLA-4] within 24 hours at severity 3',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:00 + 24:00 = 24:00; UPDATE 4:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 running, due 4:05', 'RESOLVE running, due 24:00'],
    next: 'UPDATE 4:05'
  },
  {
    title: '[SLA-4] within 48 hours at severity 4',
    severity: 4,
    policy: 'resolve',
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:00 + 48:00 = 48:00; UPDATE 24:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 4:00', 'UPDATE 1 running, due 24:05', 'RESOLVE running, due 48:00'],
    next: 'UPDATE 24:05'
  },
  {
    title: '[SLA-4] is not promised at severity 5',
    severity: 5,
    policy: 'resolve',
    events: ['0:05 update'],
    now: '0:10',
    sum: 'no figure, no clock; UPDATE 72:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 24:00', 'UPDATE 1 running, due 72:05'],
    next: 'UPDATE 72:05'
  },
  {
    title: '[SLA-4] is met at the due instant',
    severity: 4,
    policy: 'resolve',
    events: ['0:05 update', '48:00 resolve'],
    now: '50:00',
    sum: '48:00 <= 48:00; UPDATE 24:05 < 48:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 4:00',
      'UPDATE 1 breached 24:05, ended 48:00',
      'RESOLVE met 48:00, due 48:00'
    ],
    next: 'none'
  },
  {
    title: '[SLA-4] is breached a millisecond later',
    severity: 4,
    policy: 'resolve',
    events: ['0:05 update', '48:00:00.001 resolve'],
    now: '50:00',
    sum: '48:00:00.001 > 48:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 4:00',
      'UPDATE 1 breached 24:05, ended 48:00:00.001',
      'RESOLVE breached 48:00, ended 48:00:00.001'
    ],
    next: 'none'
  },
  {
    title: '[SLA-4] is breached while the case is open',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update', '3:50 update'],
    now: '4:00:00.001',
    sum: '4:00 < 4:00:00.001; UPDATE 0:35 < 3:50; 3:50 + 0:30 = 4:20',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 0:15',
      'UPDATE 1 breached 0:35, ended 3:50',
      'UPDATE 2 running, due 4:20',
      'RESOLVE breached 4:00'
    ],
    next: 'RESOLVE 4:00'
  },
  {
    title: '[SLA-4] pauses while waiting on the customer',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait customer 3:00'],
    now: '2:00',
    sum: 'UPDATE 4:05 + 2:00 = 6:05; RESOLVE 24:00 + 2:00 = 26:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 1:00',
      'UPDATE 1 paused 1:00 until 3:00, due 6:05',
      'RESOLVE paused 1:00 until 3:00, due 26:00'
    ],
    next: 'UPDATE 6:05'
  },
  {
    title: '[SLA-4] pauses at severity 1 although UPDATE goes on',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update', '0:10 wait customer 2:10'],
    now: '0:20',
    sum: 'UPDATE 0:35; RESOLVE 4:00 + 2:00 = 6:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 0:15',
      'UPDATE 1 running, due 0:35',
      'RESOLVE paused 0:10 until 2:10, due 6:00'
    ],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-4] goes on at the customer’s contact and does not start again',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait customer 9:00', '2:00 contact'],
    now: '2:10',
    sum: 'UPDATE 4:05 + 1:00 = 5:05, then 2:00 + 4:00 = 6:00; RESOLVE 24:00 + 1:00 = 25:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 1:00',
      'UPDATE 1 ended 2:00, due 5:05',
      'UPDATE 2 running, due 6:00',
      'RESOLVE running, due 25:00'
    ],
    next: 'UPDATE 6:00'
  },
  {
    title: '[SLA-18] does not pause for a vendor',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait vendor 3:00'],
    now: '2:00',
    sum: '0:00 + 24:00 = 24:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 running, due 4:05', 'RESOLVE running, due 24:00'],
    next: 'UPDATE 4:05'
  },
  {
    title: '[SLA-18] pauses for a vendor where the contract says so',
    severity: 3,
    policy: 'resolveVendor',
    events: ['0:05 update', '1:00 wait vendor 3:00'],
    now: '2:00',
    sum: '24:00 + 2:00 = 26:00; UPDATE stays 4:05',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 1:00',
      'UPDATE 1 running, due 4:05',
      'RESOLVE paused 1:00 until 3:00, due 26:00'
    ],
    next: 'UPDATE 4:05'
  },
  {
    title: '[SLA-18] does not stop waiting for the vendor when the customer calls',
    severity: 3,
    policy: 'resolveVendor',
    events: ['0:05 update', '1:00 wait vendor 3:00', '2:00 contact'],
    now: '2:10',
    sum: '24:00 + 2:00 = 26:00; UPDATE 2:00 + 4:00 = 6:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 1:00',
      'UPDATE 1 ended 2:00, due 4:05',
      'UPDATE 2 running, due 6:00',
      'RESOLVE paused 1:00 until 3:00, due 26:00'
    ],
    next: 'UPDATE 6:00'
  },
  {
    title: '[SLA-6] is due earlier when severity is raised',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '2:00 raise 1'],
    now: '2:01',
    sum: 'UPDATE min(4:05, 2:30) = 2:30; RESOLVE min(24:00, 2:00 + 4:00) = 6:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 running, due 2:30', 'RESOLVE running, due 6:00'],
    next: 'UPDATE 2:30'
  },
  {
    title: '[SLA-6] is never due later when severity is raised',
    severity: 4,
    policy: 'resolve',
    events: ['0:05 update', '24:00 update', '30:00 raise 3'],
    now: '30:01',
    sum: 'UPDATE 2 min(48:00, 34:00) = 34:00; RESOLVE min(48:00, 54:00) = 48:00',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 4:00',
      'UPDATE 1 met 24:00, due 24:05',
      'UPDATE 2 running, due 34:00',
      'RESOLVE running, due 48:00'
    ],
    next: 'UPDATE 34:00'
  },
  {
    title: '[SLA-6] starts when severity is raised to one that promises it',
    severity: 5,
    policy: 'resolve',
    events: ['0:05 update', '1:00 raise 1'],
    now: '1:01',
    sum: 'UPDATE min(72:05, 1:30) = 1:30; RESOLVE 1:00 + 4:00 = 5:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 24:00', 'UPDATE 1 running, due 1:30', 'RESOLVE running, due 5:00'],
    next: 'UPDATE 1:30'
  },
  {
    title: '[SLA-6] ends when severity is lowered to one that does not promise it',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update', '0:10 lower 5'],
    now: '0:11',
    sum: 'UPDATE max(0:35, 72:05) = 72:05; RESOLVE replaced at 0:10',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 running, due 72:05', 'RESOLVE ended 0:10, due 4:00'],
    next: 'UPDATE 72:05'
  },
  {
    title: '[SLA-6] starts again when severity is raised back',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update', '0:10 lower 5', '0:20 raise 1'],
    now: '0:21',
    sum: 'UPDATE min(72:05, 0:50) = 0:50; RESOLVE 0:20 + 4:00 = 4:20',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 0:15',
      'UPDATE 1 running, due 0:50',
      'RESOLVE ended 0:10, due 4:00',
      'RESOLVE 2 running, due 4:20'
    ],
    next: 'UPDATE 0:50'
  },
  {
    title: '[SLA-13] stays breached when severity is lowered to one that does not promise it',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update', '4:10 lower 5'],
    now: '5:00',
    sum: '4:00 and 0:35 passed unmet before 4:10',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35', 'RESOLVE breached 4:00'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-6] keeps what was used up when severity is lowered in a pause',
    severity: 1,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait customer 3:00', '2:00 lower 2'],
    now: '2:30',
    sum: 'RESOLVE used 1:00; 8:00 - 1:00 leaves 7:00; 3:00 + 7:00 = 10:00; UPDATE 0:35 was broken',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35', 'RESOLVE paused 1:00 until 3:00, due 10:00'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-18] pauses for the customer’s part of two waits only',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait customer 5:00', '2:00 wait vendor 5:00'],
    now: '3:00',
    sum: 'UPDATE 4:05 + 1:00 = 5:05; RESOLVE 24:00 + 1:00 = 25:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 running, due 5:05', 'RESOLVE running, due 25:00'],
    next: 'UPDATE 5:05'
  },
  {
    title: '[SLA-4] is met out of a pause',
    severity: 3,
    policy: 'resolve',
    events: ['0:05 update', '1:00 wait customer 9:00', '3:00 resolve'],
    now: '4:00',
    sum: 'UPDATE 4:05 + 2:00 = 6:05; RESOLVE 24:00 + 2:00 = 26:00',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 met 3:00, due 6:05', 'RESOLVE met 3:00, due 26:00'],
    next: 'none'
  }
]
