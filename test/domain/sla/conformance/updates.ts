import type { History } from '../story.ts'

/** SLA-3: 0:30, 1:00, 4:00, 24:00, 72:00 from one word to the customer to the next. */
export const updates: readonly History[] = [
  {
    title: '[SLA-3] come every 30 minutes at severity 1',
    severity: 1,
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:05 + 0:30 = 0:35',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 running, due 0:35'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-3] come every hour at severity 2',
    severity: 2,
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:05 + 1:00 = 1:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:30', 'UPDATE 1 running, due 1:05'],
    next: 'UPDATE 1:05'
  },
  {
    title: '[SLA-3] come every 4 hours at severity 3',
    severity: 3,
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:05 + 4:00 = 4:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 1:00', 'UPDATE 1 running, due 4:05'],
    next: 'UPDATE 4:05'
  },
  {
    title: '[SLA-3] come every 24 hours at severity 4',
    severity: 4,
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:05 + 24:00 = 24:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 4:00', 'UPDATE 1 running, due 24:05'],
    next: 'UPDATE 24:05'
  },
  {
    title: '[SLA-3] come every 72 hours at severity 5',
    severity: 5,
    events: ['0:05 update'],
    now: '0:10',
    sum: '0:05 + 72:00 = 72:05',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 24:00', 'UPDATE 1 running, due 72:05'],
    next: 'UPDATE 72:05'
  },
  {
    title: '[SLA-3] start again with every update, also one in the last instant',
    severity: 1,
    events: ['0:05 update', '0:30 update', '1:00 update'],
    now: '1:10',
    sum: '0:05 + 0:30 = 0:35; 0:30 + 0:30 = 1:00, met at 1:00; 1:00 + 0:30 = 1:30',
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
    title: '[SLA-3] keep the breach of an interval that was missed',
    severity: 1,
    events: ['0:05 update', '0:50 update'],
    now: '1:00',
    sum: '0:05 + 0:30 = 0:35 < 0:50; 0:50 + 0:30 = 1:20',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35, ended 0:50', 'UPDATE 2 running, due 1:20'],
    next: 'UPDATE 1:20'
  },
  {
    title: '[SLA-3] are breached a millisecond after they were due',
    severity: 1,
    events: ['0:05 update'],
    now: '0:35:00.001',
    sum: '0:05 + 0:30 = 0:35 < 0:35:00.001',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-3] are one breach while nobody says anything',
    severity: 1,
    events: ['0:05 update'],
    now: '5:00',
    sum: '0:05 + 0:30 = 0:35; no new interval starts by itself',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35'],
    next: 'UPDATE 0:35'
  },
  {
    title: '[SLA-3] start again with the customer’s own contact',
    severity: 2,
    events: ['0:05 update', '0:40 contact'],
    now: '0:50',
    sum: '0:05 + 1:00 = 1:05, replaced at 0:40; 0:40 + 1:00 = 1:40',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:30', 'UPDATE 1 ended 0:40, due 1:05', 'UPDATE 2 running, due 1:40'],
    next: 'UPDATE 1:40'
  },
  {
    title: '[SLA-3] count from the oldest unanswered contact',
    severity: 2,
    events: ['0:05 update', '0:40 contact', '1:10 contact'],
    now: '1:20',
    sum: '0:40 + 1:00 = 1:40; the contact at 1:10 changes nothing',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:30', 'UPDATE 1 ended 0:40, due 1:05', 'UPDATE 2 running, due 1:40'],
    next: 'UPDATE 1:40'
  },
  {
    title: '[SLA-3] count from a new contact once the older one was answered',
    severity: 2,
    events: ['0:05 update', '0:40 contact', '1:00 update', '1:30 contact'],
    now: '1:40',
    sum: '0:40 + 1:00 = 1:40, met 1:00; 1:00 + 1:00 = 2:00, replaced 1:30; 1:30 + 1:00 = 2:30',
    reads: [
      'ACK met 0:05, due 0:15',
      'RESPONSE met 0:05, due 0:30',
      'UPDATE 1 ended 0:40, due 1:05',
      'UPDATE 2 met 1:00, due 1:40',
      'UPDATE 3 ended 1:30, due 2:00',
      'UPDATE 4 running, due 2:30'
    ],
    next: 'UPDATE 2:30'
  },
  {
    title: '[SLA-3] keep their breach when the customer has to ask',
    severity: 1,
    events: ['0:05 update', '0:45 contact'],
    now: '0:50',
    sum: '0:05 + 0:30 = 0:35 < 0:45; 0:45 + 0:30 = 1:15',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35, ended 0:45', 'UPDATE 2 running, due 1:15'],
    next: 'UPDATE 1:15'
  },
  {
    title: '[SLA-3] take a contact before the response as answered by the response',
    severity: 2,
    events: ['0:02 contact', '0:10 update', '0:20 contact'],
    now: '0:30',
    sum: '0:10 + 1:00 = 1:10, replaced 0:20; 0:20 + 1:00 = 1:20',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 0:30', 'UPDATE 1 ended 0:20, due 1:10', 'UPDATE 2 running, due 1:20'],
    next: 'UPDATE 1:20'
  },
  {
    title: '[SLA-3] start with the read-back',
    severity: 2,
    phone: 'owned',
    events: ['0:03 readback', '0:50 update'],
    now: '0:51',
    sum: '0:03 + 1:00 = 1:03; 0:50 + 1:00 = 1:50',
    reads: ['ACK met 0:00, due 0:15', 'RESPONSE met 0:03, due 0:30', 'UPDATE 1 met 0:50, due 1:03', 'UPDATE 2 running, due 1:50'],
    next: 'UPDATE 1:50'
  },
  {
    title: '[SLA-3] are met by the resolution',
    severity: 3,
    events: ['0:10 update', '3:00 resolve'],
    now: '9:00',
    sum: '0:10 + 4:00 = 4:10 >= 3:00',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00', 'UPDATE 1 met 3:00, due 4:10'],
    next: 'none'
  },
  {
    title: '[SLA-3] stay breached when the resolution comes too late',
    severity: 1,
    events: ['0:05 update', '0:40 resolve'],
    now: '9:00',
    sum: '0:05 + 0:30 = 0:35 < 0:40',
    reads: ['ACK met 0:05, due 0:15', 'RESPONSE met 0:05, due 0:15', 'UPDATE 1 breached 0:35, ended 0:40'],
    next: 'none'
  },
  {
    title: '[SLA-3] do not start before RESPONSE has ended',
    severity: 1,
    events: ['0:01 ack', '0:05 contact'],
    now: '0:10',
    sum: 'RESPONSE 0:00 + 0:15 = 0:15; no word yet',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 0:15'],
    next: 'RESPONSE 0:15'
  }
]
