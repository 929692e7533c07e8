import type { History } from '../story.ts'

const told3 = ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 1:00']

/** SLA-8: in one instant contact, severity, status, pause. SLA-12: milliseconds, half-open. */
export const instants: readonly History[] = [
  {
    title: '[SLA-12] met in the last millisecond',
    severity: 1,
    events: ['0:01 ack', '0:15 update'],
    now: '0:16',
    sum: '0:15 <= 0:15; 0:15 + 0:30 = 0:45',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE met 0:15, due 0:15', 'UPDATE 1 running, due 0:45'],
    next: 'UPDATE 0:45'
  },
  {
    title: '[SLA-8] a contact and then a wait: the wait stands',
    severity: 3,
    events: ['0:10 update', '1:10 contact', '1:10 wait customer 3:10'],
    now: '2:00',
    sum: '1:10 + 4:00 = 5:10, paused 1:10 to 3:10: 7:10',
    reads: [...told3, 'UPDATE 1 ended 1:10, due 4:10', 'UPDATE 2 paused 1:10 until 3:10, due 7:10'],
    next: 'UPDATE 7:10'
  },
  {
    title: '[SLA-8] a wait and then a contact: the same',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10', '1:10 contact'],
    now: '2:00',
    sum: '1:10 + 4:00 = 5:10, paused 1:10 to 3:10: 7:10',
    reads: [...told3, 'UPDATE 1 ended 1:10, due 4:10', 'UPDATE 2 paused 1:10 until 3:10, due 7:10'],
    next: 'UPDATE 7:10'
  },
  {
    title: '[SLA-8] an update and then a raise',
    severity: 3,
    events: ['0:10 update', '0:10 raise 1'],
    now: '0:11',
    sum: 'RESPONSE 1:00 met 0:10; then min(0:10 + 4:00, 0:10 + 0:30) = 0:40',
    reads: [...told3, 'UPDATE 1 running, due 0:40'],
    next: 'UPDATE 0:40'
  },
  {
    title: '[SLA-8] a raise and then an update: the same',
    severity: 3,
    events: ['0:10 raise 1', '0:10 update'],
    now: '0:11',
    sum: 'RESPONSE 1:00 met 0:10; then min(0:10 + 4:00, 0:10 + 0:30) = 0:40',
    reads: [...told3, 'UPDATE 1 running, due 0:40'],
    next: 'UPDATE 0:40'
  },
  {
    title: '[SLA-8] a wait and then a raise: the raise first, so nothing pauses',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 9:10', '1:10 raise 1'],
    now: '1:20',
    sum: 'min(4:10, 1:10 + 0:30) = 1:40; severity 1 goes on while waiting',
    reads: [...told3, 'UPDATE 1 running, due 1:40'],
    next: 'UPDATE 1:40'
  },
  {
    title: '[SLA-8] a wait and then a lowering: the lowering first, so it pauses',
    severity: 2,
    events: ['0:10 update', '1:00 wait customer 3:00', '1:00 lower 3'],
    now: '2:00',
    sum: 'max(1:10, 4:10) = 4:10; 4:10 - 1:00 leaves 3:10; 3:00 + 3:10 = 6:10',
    reads: ['ACK met 0:10, due 0:15', 'RESPONSE met 0:10, due 0:30', 'UPDATE 1 paused 1:00 until 3:00, due 6:10'],
    next: 'UPDATE 6:10'
  },
  {
    title: '[SLA-12] an update at the end of a pause comes after it',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10', '3:10 update'],
    now: '3:10',
    sum: '4:10 + 2:00 = 6:10, met 3:10; 3:10 + 4:00 = 7:10, not paused',
    reads: [...told3, 'UPDATE 1 met 3:10, due 6:10', 'UPDATE 2 running, due 7:10'],
    next: 'UPDATE 7:10'
  },
  {
    title: '[SLA-12] a wait resumed in its first instant is none',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10', '1:10 resume'],
    now: '2:00',
    sum: '0:10 + 4:00 + 0:00 = 4:10',
    reads: [...told3, 'UPDATE 1 running, due 4:10'],
    next: 'UPDATE 4:10'
  },
  {
    title: '[SLA-12] a raise in the last millisecond',
    severity: 3,
    events: ['0:01 ack', '0:59:59.999 raise 1'],
    now: '1:00',
    sum: 'min(1:00, 1:14:59.999) = 1:00, and 1:00 is still in time',
    reads: ['ACK met 0:01, due 0:15', 'RESPONSE running, due 1:00'],
    next: 'RESPONSE 1:00'
  },
  {
    title: '[SLA-12] a pause of one millisecond counts one millisecond',
    severity: 3,
    events: ['0:10 update', '1:10 wait customer 3:10', '1:10:00.001 resume'],
    now: '2:00',
    sum: '4:10 + 0:00:00.001',
    reads: [...told3, 'UPDATE 1 running, due 4:10:00.001'],
    next: 'UPDATE 4:10:00.001'
  }
]
