import { acknowledge, close, hand, heard, note, reopen, resolve, resume, scenario, severity, update, wait } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

/** Calls and alarms about servers and what runs on them. */
export const SERVER_SCENARIOS: readonly Scenario[] = [
  scenario({
    hosts: ['halvorsen/hf-disp-db01', 'sandbar/sb-tos-01'],
    subject: '{item} does not answer, nobody can log in',
    description: 'Everybody was logged out at once. Ping answers, the database port does not. {who} says nothing was changed today.',
    impact: 'high',
    urgency: 'high',
    severity: 1,
    next: 'An engineer is on it now. I call you every half hour until it is back.',
    steps: [
      hand(2, 'cloud'),
      note(
        9,
        'Console shows the database volume full: the archive log folder grew to 100 %. Database stopped itself to protect the files.'
      ),
      update(14, 'Cause found: the log volume is full. We are moving old archive logs away and starting the database.'),
      note(26, 'Moved archive logs older than two days to the backup volume. Database started, recovery ran for three minutes.'),
      update(31, 'Database is up. Please have two users log in and tell me what they see.'),
      heard(38, '{who}: both users are in, orders are visible.'),
      update(60, 'Stable for half an hour. We keep watching until the end of the shift and will send what happened in writing.'),
      resolve(
        85,
        "Archive log volume was full because last night's log back-up did not run. Logs moved, volume at 41 %, alarm threshold on it lowered to 80 %."
      ),
      close(1_560)
    ]
  }),
  scenario({
    hosts: ['bluepeak/bp-img-01', 'oakhaven/oh-pacs-store'],
    subject: 'Images load very slowly since this morning',
    description:
      'Opening one series takes more than a minute; it used to take five seconds. All rooms are affected, other programs are quick.',
    impact: 'high',
    severity: 2,
    steps: [
      hand(4, 'cloud'),
      note(20, 'Disk latency on {item} is 180 ms. A full virus scan was started at 06:40 by the new schedule.'),
      update(28, 'A virus scan is running at the wrong time of day. We are stopping it and moving it to the night.'),
      note(33, "Scan stopped, schedule moved to 01:00, image folders excluded as in the vendor's note."),
      heard(55, '{who}: back to normal in all rooms.'),
      resolve(62, 'Virus scan ran in working hours after the schedule was imported with the wrong zone. Moved to 01:00 local time.'),
      close(1_440)
    ]
  }),
  scenario({
    hosts: ['halvorsen/hf-rds-01', 'corran/cw-dms-01', 'wattle/wf-erp-01'],
    subject: 'Remote session freezes for one user',
    description:
      'The session of one person stops reacting after a few minutes. Others on the same server work. Signing in again helps for a short time.',
    steps: [
      note(12, 'Profile disk of the user is at its quota: 30 GB, of which 26 GB are a mail cache.', 'agent'),
      update(25, 'Your profile is full. We are making room; please stay signed out for ten minutes.', 'phone', 'agent'),
      note(40, 'Mail cache rebuilt without shared mailboxes. Profile now 6 GB.', 'agent'),
      update(45, 'Please sign in again and work as usual. We look again this afternoon.', 'phone', 'agent'),
      heard(190, '{who}: no more freezes.'),
      resolve(195, 'User profile had reached its quota. Mail cache rebuilt without shared mailboxes.', 'fixed', 'agent'),
      close(1_700)
    ]
  }),
  scenario({
    hosts: ['kestrel/km-ora-01', 'penmarric/po-db-01'],
    channel: 'alarm',
    subject: 'Memory above 95 % on {item} for 20 minutes',
    description: 'Threshold alarm. Swap is in use. No customer has called about it.',
    queue: 'cloud',
    steps: [
      acknowledge(3),
      hand(4, 'cloud'),
      note(18, 'One reporting session holds 22 GB. It belongs to the month-end report, started by hand this morning.'),
      update(
        40,
        'A report on {item} takes nearly all its memory. Nothing is failing yet. May we end it if the memory gets tighter?',
        'email'
      ),
      heard(75, '{who}: please end it, it was started twice by mistake.', 'email'),
      resolve(90, "Second month-end report ended on the customer's word. Memory back to 61 %."),
      close(1_500)
    ]
  }),
  scenario({
    hosts: ['corran/cw-sql-01', 'bluepeak/bp-sql-01', 'harrowgate/hp-mes-01'],
    channel: 'alarm',
    subject: 'Disk space on {item} below 10 %',
    description: 'Capacity alarm on the data volume: 8.7 % free, falling by about 1 % a day.',
    severity: 4,
    impact: 'low',
    queue: 'cloud',
    steps: [
      acknowledge(6),
      hand(7, 'cloud'),
      update(
        45,
        'The data volume of {item} will be full in about eight days. We propose to grow it by 100 GB, without a restart. Please confirm.',
        'email'
      ),
      wait(50, 'customer', 'Do you agree to grow the data volume by 100 GB?', 48),
      heard(1_180, '{who} agrees, and asks for the new size in the next report.', 'email'),
      note(1_240, 'Volume grown to 500 GB and the file system extended online. 27 % free.'),
      update(1_250, 'Done: 500 GB, 27 % free. The next capacity report shows the new size.', 'email'),
      resolve(1_255, "Data volume grown by 100 GB on the customer's approval."),
      close(2_800)
    ]
  }),
  scenario({
    hosts: ['kestrel/km-claims-02', 'oakhaven/oh-ehr-app02', 'tidewater/tw-core-02'],
    subject: 'Application on {item} answers with errors every few minutes',
    description: "Users see an error page, press reload and get on. It began after last night's maintenance. The other node seems fine.",
    impact: 'medium',
    urgency: 'high',
    severity: 2,
    steps: [
      hand(5, 'cloud'),
      note(16, 'Node was patched last night. Its clock is 94 seconds ahead, so half of the sign-in tickets are refused.'),
      update(24, 'We have found it: the clock of this node is wrong since last night. We take it out of the pool while we correct it.'),
      note(30, 'Node drained. Time service was disabled by the patch; enabled, clock stepped, node back in the pool.'),
      update(52, 'Corrected and back in service. Please tell us at once if an error page shows again.'),
      heard(110, '{who}: none since.'),
      resolve(112, 'Time service was disabled by the patch. Enabled and added to the check list after maintenance.'),
      close(1_800)
    ]
  }),
  scenario({
    hosts: ['wattle/wf-print-01', 'brightline/bl-label-01'],
    subject: 'Labels come out blank',
    description:
      'The printers feed labels but nothing is on them. The test page of the printer itself is fine. Shipping stands still until this works.',
    urgency: 'high',
    severity: 2,
    steps: [
      note(10, 'Print spooler on {item} lost the driver for both label printers; it fell back to a generic text driver.', 'agent'),
      update(18, 'The label driver is gone from the server. We are installing it again now.', 'phone', 'agent'),
      heard(41, '{who}: first labels are good.'),
      note(44, 'An automatic driver update had replaced it. Automatic driver updates switched off on {item}.', 'agent'),
      resolve(50, 'Label driver installed again; automatic driver updates are off on this server.', 'fixed', 'agent'),
      close(1_480)
    ]
  }),
  scenario({
    hosts: ['harrowgate/hp-cad-lic', 'lumen/ls-lic-01'],
    subject: 'No licences: the programs will not start',
    description: 'All seats say that the licence server cannot be reached. It worked before lunch.',
    impact: 'high',
    urgency: 'high',
    severity: 2,
    steps: [
      hand(3, 'cloud'),
      note(11, 'Licence service runs but its licence file expired today at noon.'),
      update(19, 'The licence file ran out at noon today. The vendor has to issue a new one; who at your side has the contract?'),
      heard(27, '{who} has the renewal mail; it went to a colleague who left. Forwarding it now.', 'email'),
      note(39, 'New file installed, service restarted, 42 seats free.'),
      update(42, 'New licence installed. Please start the programs again.'),
      resolve(58, 'Licence file had expired. Renewal reminder now goes to the shared mailbox and to us.'),
      close(1_500)
    ]
  }),
  scenario({
    hosts: ['penmarric/po-search-01', 'wattle/wf-shop-01'],
    subject: 'Search in the web shop finds nothing',
    description: 'Every search gives zero results. Categories work. Started about an hour ago according to the order figures.',
    impact: 'high',
    urgency: 'high',
    severity: 1,
    next: 'The engineer on duty takes it now; you get a call every thirty minutes.',
    steps: [
      hand(1, 'cloud'),
      note(8, 'Index is read-only: the disk watermark was reached by snapshots that were never removed.'),
      update(12, 'The search index stopped because its disk is full of old snapshots. We are removing those.'),
      note(21, "Snapshots older than 30 days removed, index writable again, re-index of today's products started."),
      update(40, 'Search works again; products added today appear over the next ten minutes.'),
      heard(52, '{who}: all good, thank you.'),
      resolve(66, 'Old snapshots filled the disk of the search server. Removed, and a weekly clean-up added.'),
      close(1_620)
    ]
  }),
  scenario({
    hosts: ['kestrel/km-doc-01', 'halvorsen/hf-file-01', 'tidewater/tw-file-01'],
    subject: 'A folder is missing from the file share',
    description: "A whole project folder is gone since yesterday evening. Somebody may have moved it. They need last night's state back.",
    steps: [
      hand(8, 'cloud'),
      note(35, 'Audit log: the folder was moved into a neighbouring one at 17:52 by drag and drop. Nothing is lost.'),
      update(41, 'The folder was moved by accident into the one beside it. We can move it back with its rights; shall we?'),
      heard(58, '{who}: yes please.'),
      note(66, 'Moved back, rights compared with the back-up of the night before: equal.'),
      resolve(70, 'Folder had been moved by drag and drop. Moved back with its rights.'),
      close(1_510)
    ]
  }),
  scenario({
    hosts: ['halvorsen/hf-edi-01', 'sandbar/sb-tos-02'],
    subject: 'Messages to a partner pile up',
    description:
      'Outgoing messages to one partner wait since 04:00; all other partners are fine. The partner says they see nothing arriving.',
    steps: [
      hand(6, 'cloud'),
      note(32, 'Partner renewed its certificate last night; {item} still trusts only the old chain.'),
      update(44, 'The partner has a new certificate that we must trust. We have asked them to confirm its fingerprint.'),
      wait(50, 'vendor', "Confirmation of the new certificate's fingerprint by the partner", 6),
      resume(170),
      note(176, 'Fingerprint confirmed by telephone with the number on file. Chain added, 318 waiting messages sent.'),
      update(185, 'All waiting messages have gone out. Please check with the partner.'),
      resolve(230, "Partner's new certificate chain added after confirmation of its fingerprint."),
      close(1_900)
    ]
  }),
  scenario({
    hosts: ['oakhaven/oh-hl7-01', 'bluepeak/bp-pms-01'],
    subject: 'Results arrive an hour late',
    description: 'Laboratory results show up about an hour after the laboratory sent them. No errors on the screen.',
    impact: 'high',
    severity: 2,
    steps: [
      hand(3, 'cloud'),
      note(19, 'Interface queue holds 2,100 messages; one malformed message is retried every 30 seconds and holds up the rest.'),
      update(26, 'One damaged message blocks the queue. We set it aside and let the others through.'),
      note(35, 'Message set aside and kept. Queue empty at 09:47.'),
      update(48, 'Everything that waited has arrived. The damaged message is kept for the laboratory.'),
      heard(80, '{who}: the laboratory sends that one again. Results are current.'),
      severity(82, 3, 'No results are waiting; only the cause is left to find.', 'engineer'),
      note(140, 'The message held an unescaped separator in a name. Interface now sets such messages aside instead of retrying for ever.'),
      resolve(150, 'A malformed message blocked the interface. Set aside, resent by the laboratory, retry rule changed.'),
      close(1_720)
    ]
  }),
  scenario({
    hosts: ['brightline/bl-erp-01', 'penmarric/po-till-hub'],
    subject: '{item} restarted on its own during the night',
    description: 'Users found themselves signed out this morning. The server shows an uptime of three hours. Nobody here restarted it.',
    steps: [
      hand(5, 'cloud'),
      note(40, 'Restart was made by the host after a memory fault on it; the virtual machine was moved to another host.'),
      update(55, 'The physical host had a memory fault and your server was started on another one. We look at why no alarm reached us.'),
      note(
        130,
        'Alarm was suppressed by a maintenance window that had not been ended. Window ended, list of open windows checked: no others.'
      ),
      resolve(
        150,
        'Host memory fault; the server was restarted on another host. The missing alarm came from a maintenance window left open.'
      ),
      close(1_640),
      reopen(2_900, 'It happened again last night at 02:10.'),
      note(2_930, 'Same host name in the log: the machine had been moved back automatically after repair was reported.'),
      update(2_940, 'The repaired host has failed again. Your server now stays away from it until its memory is replaced.'),
      resolve(3_050, 'Server pinned away from the faulty host; memory replacement ordered for it.'),
      close(4_500)
    ]
  }),
  scenario({
    hosts: ['lumen/ls-render-mgr', 'lumen/ls-render-b'],
    subject: 'Render jobs stay in the queue',
    description: 'Sixty jobs wait and no node picks them up. The delivery is tomorrow morning.',
    impact: 'high',
    urgency: 'medium',
    severity: 2,
    steps: [
      hand(4, 'cloud'),
      note(15, "Nodes are up but not registered: the manager's name resolves to its old address."),
      update(22, 'The nodes look for the manager at its old address. We are correcting the name and restarting the node service.'),
      heard(48, '{who}: nodes are rendering.'),
      resolve(55, "Name record of the render manager pointed to its old address after yesterday's move. Corrected."),
      close(1_450)
    ]
  })
]
