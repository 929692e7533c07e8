import { acknowledge, close, hand, heard, note, reopen, resolve, resume, scenario, severity, update, wait } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

/** A case that is open when the sample desk is loaded: a scenario that began this many minutes ago. */
export type OpenNow = { readonly minutesAgo: number } & Scenario

const openNow = (minutesAgo: number, given: Parameters<typeof scenario>[0]): OpenNow => ({ minutesAgo, ...scenario(given) })

/** What is on the desk now, so that every clock can be seen in every state: running, about to fall due, breached, paused, met. */
export const OPEN_NOW: readonly OpenNow[] = [
  // UPDATE of a critical case falls due in nine minutes.
  openNow(47, {
    hosts: ['oakhaven/oh-ehr-db01'],
    subject: "Ward stations show yesterday's medication lists",
    description: 'All wards of the north building. The lists stopped changing at six this morning. Pharmacy works from paper.',
    impact: 'high',
    urgency: 'high',
    severity: 1,
    next: 'The engineer on duty has it now. I call you every half hour.',
    steps: [
      hand(2, 'cloud'),
      note(8, 'Replication to the read copy stopped at 05:58: its disk reported a write error. Wards read from the copy.'),
      update(12, 'The copy that the wards read from stopped at 05:58. We are pointing them to the main database.'),
      note(24, 'Read traffic moved to the main database for the north building; load on it 64 %.'),
      update(26, 'Lists should be current in the north building. Please check one ward and tell us.'),
      heard(26, '{who}: two wards checked, both current. South building next, please.')
    ]
  }),
  // UPDATE breached five minutes ago.
  openNow(190, {
    hosts: ['kestrel/km-claims-01'],
    subject: 'Claims take four minutes to save',
    description: 'Saving a claim takes minutes since about nine. Adjusters in the field give up and telephone instead.',
    impact: 'high',
    severity: 2,
    steps: [
      hand(4, 'cloud'),
      update(22, 'We see long waits in the database while claims are saved and are looking for what holds them.'),
      note(60, 'One index on the claim notes has grown to three times its size; rebuild needs a window.'),
      update(78, 'An index needs to be rebuilt. We can do it online tonight or at once with ten minutes of interruption.'),
      update(125, 'Your release manager is deciding between now and tonight. Nothing gets worse meanwhile.')
    ]
  }),
  // ACK falls due in four minutes: nobody has taken it yet.
  openNow(11, {
    hosts: ['penmarric/po-web-02'],
    channel: 'portal',
    subject: 'Checkout page shows prices without tax',
    description: 'Only on the second web server, we think: reloading helps every other time. Since the release at noon.',
    urgency: 'high',
    steps: []
  }),
  // ACK breached seven minutes ago.
  openNow(22, {
    hosts: ['wattle/wf-print-01'],
    channel: 'portal',
    subject: 'Delivery notes print twice',
    description: 'Each delivery note comes out two times since this morning. It wastes paper and confuses the drivers.',
    impact: 'low',
    steps: []
  }),
  // RESPONSE falls due in about twenty minutes.
  openNow(38, {
    hosts: ['harrowgate/hp-mes-01'],
    channel: 'email',
    subject: 'Orders of the late shift are missing from the plan',
    description: 'The plan for the late shift shows no orders after 14:00. They are in the order book.',
    steps: [acknowledge(7), note(20, 'Import of the order book stopped at a record with an empty customer number.', 'agent')]
  }),
  // UPDATE paused: waiting on the customer until tomorrow.
  openNow(1_210, {
    hosts: ['bluepeak/bp-pms-01'],
    subject: 'Appointments vanish from the calendar of one practice',
    description: 'Appointments of the Aurora practice disappear some minutes after they are entered. Other practices are fine.',
    steps: [
      hand(8, 'cloud'),
      note(45, 'Audit shows deletions by the account of a tablet that synchronises an old calendar.'),
      update(52, 'A tablet with an old calendar deletes the appointments. Which tablet is "AUR-TAB-3", and who has it?'),
      wait(55, 'customer', 'Which tablet is AUR-TAB-3, and may we remove its calendar account?', 44)
    ]
  }),
  // Waiting on the customer, but at this severity UPDATE goes on.
  openNow(95, {
    hosts: ['sandbar/sb-gate-01'],
    subject: 'Gate kiosks do not read container numbers',
    description: 'Three of eight kiosks do not recognise numbers any more. Lorries are sent to the other five.',
    impact: 'high',
    severity: 2,
    steps: [
      hand(3, 'cloud'),
      note(18, 'Cameras of the three kiosks send black pictures. Lights at the gate may be off.'),
      update(24, 'The three cameras see nothing. Please have somebody look whether the lights at lanes 6 to 8 are on.'),
      wait(26, 'customer', 'Are the lights at lanes 6 to 8 on?', 3),
      update(62, 'We still wait for word from the lanes; the other five kiosks carry the traffic.')
    ]
  }),
  // Waiting on a vendor: UPDATE runs.
  openNow(320, {
    hosts: ['corran/cw-san-01'],
    channel: 'alarm',
    subject: 'A disk of the storage array has failed',
    description: 'Spare has taken over, rebuild at 34 %. The support contract sends a new disk.',
    queue: 'cloud',
    steps: [
      acknowledge(4),
      hand(5, 'cloud'),
      update(35, 'One disk of the array failed; the spare is taking over. No effect on the servers. A new disk is ordered.', 'email'),
      wait(40, 'vendor', 'Replacement disk, promised for today', 24),
      update(250, 'Rebuild has finished. The new disk arrives this afternoon; changing it needs no interruption.', 'email')
    ]
  }),
  // The customer called and nobody has answered yet: UPDATE counts from that call.
  openNow(420, {
    hosts: ['halvorsen/hf-edi-01'],
    subject: 'Customs messages are refused since the weekend',
    description: 'Every customs declaration comes back with code 47. The broker says the format changed on Saturday.',
    steps: [
      hand(6, 'cloud'),
      note(70, 'New format 2.4 is mandatory since Saturday. Converter on {item} supports it after an update.'),
      update(82, 'Your converter needs an update for the new format. We have asked its vendor for the package.'),
      wait(85, 'vendor', 'Package for format 2.4', 24),
      update(230, "Package received, we test it now with yesterday's declarations."),
      resume(232),
      heard(345, '{who} asks how the test goes: eleven lorries wait.')
    ]
  }),
  // Severity raised twelve minutes ago.
  openNow(140, {
    hosts: ['tidewater/tw-atm-gw'],
    subject: 'Two cash machines report no connection',
    description: 'Machines at two branches are out of service since this morning. Others work.',
    queue: 'network',
    steps: [
      hand(5, 'network'),
      note(30, 'Both hang on the same branch router; its uplink flaps.'),
      update(38, 'Both machines lose their line again and again. We are changing the port of the router.'),
      heard(126, '{who}: now six machines, and members are complaining.'),
      severity(128, 2, 'Six machines instead of two; members affected.'),
      update(130, 'We treat it as High now. Network engineer is on the telephone with the carrier.')
    ]
  }),
  // Restricted queue.
  openNow(75, {
    hosts: ['kestrel/km-doc-01'],
    channel: 'alarm',
    subject: 'Unusual amount of data sent from {item}',
    description: '14 GB to one address in the last hour; normal is 200 MB. Address belongs to a file transfer service.',
    impact: 'high',
    severity: 2,
    queue: 'security',
    steps: [
      acknowledge(2, 'sofia'),
      hand(3, 'security', 'sofia'),
      update(
        14,
        '{item} has sent 14 GB to a file transfer service in an hour. Is somebody sending documents to an outside party today?',
        'phone',
        'sofia'
      ),
      note(40, 'Process is the document export tool, started by a service account. No new accounts, no new tasks.', 'sofia'),
      update(52, 'It is your export tool. Until you tell us that it is meant, its speed is limited.', 'phone', 'sofia')
    ]
  }),
  // Waiting for evidence.
  openNow(2_200, {
    hosts: ['lumen/ls-core-sw'],
    subject: 'Copies to the archive stop once or twice a night',
    description: "Large copies stop at random and go on after half an hour. Nothing in the program's log.",
    severity: 4,
    impact: 'low',
    queue: 'network',
    steps: [
      hand(12, 'network'),
      update(150, 'We count errors on the ports along the way tonight and compare them with the times of the stops.', 'email'),
      wait(155, 'evidence', 'Port counters of two nights', 60),
      update(1_560, 'First night: no stop. We go on counting.', 'email')
    ]
  }),
  // Waiting behind a known problem.
  openNow(1_700, {
    hosts: ['brightline/bl-label-01'],
    subject: 'Accents on labels print as question marks',
    description: 'French product names lose their accents on the new printers.',
    severity: 4,
    impact: 'low',
    urgency: 'low',
    steps: [
      update(
        40,
        "Known: the new printers' firmware has this fault. The vendor has a correction announced for this month.",
        'phone',
        'agent'
      ),
      wait(45, 'problem', "Firmware correction by the printer's vendor", 240, 'agent'),
      update(1_400, 'No news from the vendor yet; next look tomorrow.', 'email', 'agent')
    ]
  }),
  // Re-opened: second cycle.
  openNow(3_100, {
    hosts: ['corran/cw-vpn-gw'],
    subject: 'One partner cannot connect from home',
    description: 'Remote access fails for one partner at home with "no response". On a mobile hotspot it works.',
    queue: 'network',
    steps: [
      hand(6, 'network'),
      note(40, 'Home router blocks the port after an update of its own.'),
      update(50, 'The home router blocks the connection. We have sent a guide with pictures.', 'email'),
      heard(130, '{who}: works now.'),
      resolve(135, 'Port opened on the home router with our guide.'),
      reopen(3_040, 'It fails again since this morning.'),
      note(3_060, 'Router has lost the setting after a restart.'),
      update(3_065, 'The router forgets the setting. We set up the other port, which it does not block, this afternoon.')
    ]
  }),
  // Resolved, not yet closed.
  openNow(260, {
    hosts: ['bluepeak/bp-sql-01'],
    subject: 'Monthly report stops with a time-out',
    description: 'The report for the accountants stops after thirty seconds each time.',
    severity: 4,
    impact: 'low',
    steps: [
      hand(15, 'cloud'),
      note(120, 'Statistics of two tables were months old after a restore. Updated.'),
      update(128, 'Please start the report again.', 'email'),
      heard(185, '{who}: runs in eight seconds.', 'email'),
      resolve(190, 'Statistics of two tables updated; job for it switched on again.')
    ]
  }),
  // A question with all the time in the world.
  openNow(540, {
    hosts: ['harrowgate'],
    channel: 'email',
    subject: 'What would a second site cost in back-up?',
    description: 'We are looking at a building in Leeds. Roughly what would back-up of twenty machines there cost a month?',
    severity: 5,
    impact: 'low',
    urgency: 'low',
    steps: [acknowledge(9), update(200, 'Your account team answers with figures; you hear from us by Wednesday.', 'email', 'agent')]
  }),
  // Opened two minutes ago by telephone.
  openNow(2, {
    hosts: ['halvorsen/hf-disp-app01'],
    subject: 'Dispatch screen asks to sign in again and again',
    description: "Two dispatchers, same room. Others are fine. They can work on their neighbours' screens.",
    steps: []
  }),
  // Caller not verified: taken without saying or changing anything.
  openNow(64, {
    hosts: ['tidewater'],
    subject: 'Caller wants the address of the back-up server',
    description:
      'Says he works for a new supplier and is in a hurry. Gave a mobile number. Nobody at the customer is named as his contact.',
    severity: 4,
    impact: 'low',
    verified: false,
    next: 'We call back on a number that the customer has on file.',
    steps: [
      note(6, 'No data given. Called the security contact on the number on file: left word to call back.', 'agent'),
      wait(8, 'customer', 'Does the security contact know this supplier?', 20, 'agent')
    ]
  }),
  // The wait ended by its own date; UPDATE is running again.
  openNow(400, {
    hosts: ['wattle/wf-shop-01'],
    subject: 'Order mails go out without the logo',
    description: 'Since the update of the shop the confirmation mails have an empty picture at the top.',
    severity: 3,
    impact: 'low',
    steps: [
      note(30, 'Template asks for a picture that was renamed.', 'agent'),
      update(42, 'The picture was renamed in the update. May we change the template, or will your agency?', 'email', 'agent'),
      wait(44, 'customer', 'Who changes the template, the agency or we?', 5, 'agent')
    ]
  }),
  // Planned work.
  openNow(1_130, {
    hosts: ['sandbar/sb-tos-test'],
    channel: 'portal',
    subject: 'Copy of production data to the test server',
    description: "For the training week: please copy Sunday's data to the test server by Friday noon.",
    severity: 4,
    impact: 'low',
    urgency: 'low',
    queue: 'cloud',
    steps: [
      acknowledge(12),
      hand(13, 'cloud'),
      update(130, 'Planned for Thursday night. Names of drivers are masked in the copy as in spring.', 'portal')
    ]
  }),
  // An advisory on the fast track.
  openNow(170, {
    hosts: ['penmarric/po-web-01'],
    channel: 'advisory',
    subject: 'Advisory: weakness rated Critical in a component of the web servers',
    description: 'Attacks are seen in public. A rule at the edge stops the known ones; the update needs one restart per node.',
    impact: 'high',
    severity: 2,
    queue: 'security',
    steps: [
      acknowledge(3, 'sofia'),
      hand(4, 'security', 'sofia'),
      note(20, 'Rule at the edge active; log shows 112 attempts stopped since midnight.', 'sofia'),
      update(
        26,
        'A serious weakness was published this morning. A rule protects you already. We would like to update both web servers today, one after the other.',
        'phone',
        'sofia'
      ),
      heard(70, '{who}: after 18:00 please, not before.', 'phone', 'sofia'),
      update(74, 'Agreed: 18:15 for the first, 18:40 for the second server.', 'phone', 'sofia'),
      update(128, 'Update packages are tested and ready for 18:15.', 'email', 'sofia')
    ]
  }),
  // Closed a little while ago.
  openNow(1_530, {
    hosts: ['lumen/ls-review'],
    subject: 'Client cannot open the review link',
    description: 'A client in another country gets an empty page for the review of reel 4.',
    steps: [
      note(14, 'Link was made for one viewing and has been used.', 'agent'),
      update(22, 'The link was for one viewing. A new one is on its way to you.', 'phone', 'agent'),
      heard(45, '{who}: client is watching.'),
      resolve(48, 'New review link made.', 'fixed', 'agent'),
      close(1_490)
    ]
  })
]
