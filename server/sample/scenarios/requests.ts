import { acknowledge, close, hand, heard, note, resolve, resume, scenario, update, wait } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

/** Questions, requests and planned work. */
export const REQUEST_SCENARIOS: readonly Scenario[] = [
  scenario({
    hosts: ['corran/cw-dms-01', 'tidewater/tw-core-01', 'kestrel/km-claims-01', 'oakhaven/oh-pharm-01'],
    channel: 'portal',
    subject: 'New operating-system user on {item}',
    description: 'Please create a user for a new colleague who starts on Monday, with the same rights as the others in the group.',
    severity: 4,
    impact: 'low',
    urgency: 'medium',
    steps: [
      acknowledge(8),
      update(70, 'We need the approval of a contact who may request users on this server; we have asked for it.', 'portal', 'agent'),
      wait(75, 'customer', 'Approval of the new user by somebody who may request users', 48, 'agent'),
      heard(640, 'Approved in the portal.', 'portal'),
      note(700, 'User created, group membership as the others, first password handed over by telephone to the number on file.', 'agent'),
      resolve(710, 'User created after approval.', 'fixed', 'agent'),
      close(2_200)
    ]
  }),
  scenario({
    hosts: ['bluepeak/bp-backup', 'harrowgate/hp-backup'],
    subject: 'One file from last Thursday, please',
    description: '{who} has overwritten a spreadsheet and needs the version of last Thursday. Name and folder are in the mail.',
    severity: 4,
    impact: 'low',
    steps: [
      note(25, "Found in Thursday's back-up at 22:14.", 'agent'),
      update(40, 'Restored beside the present file with the date in its name.', 'phone', 'agent'),
      heard(55, '{who}: that is the one.'),
      resolve(58, "File restored from Thursday's back-up.", 'fixed', 'agent'),
      close(1_470)
    ]
  }),
  scenario({
    hosts: ['halvorsen/hf-disp-test', 'penmarric/po-stage-01', 'sandbar/sb-tos-test', 'brightline/bl-erp-test'],
    channel: 'email',
    subject: 'Please restart the test server tonight',
    description: 'We install a new version on it tomorrow. Any time after 20:00 is good. No one works on it at night.',
    severity: 4,
    impact: 'low',
    urgency: 'low',
    queue: 'cloud',
    steps: [
      acknowledge(9),
      hand(10, 'cloud'),
      update(90, 'Planned for tonight at 21:00. You get a mail when it is done.', 'email'),
      note(600, 'Restarted at 21:00, services up at 21:04.'),
      update(604, 'Done at 21:04, all services are up.', 'email'),
      resolve(610, 'Test server restarted as planned.'),
      close(1_600)
    ]
  }),
  scenario({
    hosts: ['kestrel', 'wattle', 'lumen', 'brightline'],
    subject: 'How do I add somebody who may call you?',
    description: '{who} wants to know how a new colleague becomes an authorised contact.',
    severity: 5,
    impact: 'low',
    urgency: 'low',
    steps: [
      update(
        3,
        'Explained: an existing contact with that right enters the person in the portal; we call back once to confirm.',
        'phone',
        'agent'
      ),
      resolve(5, 'Question answered on the telephone.', 'fixed', 'agent'),
      close(1_450)
    ]
  }),
  scenario({
    hosts: ['corran', 'tidewater', 'oakhaven'],
    channel: 'email',
    subject: 'Which servers were patched last month?',
    description: 'For the auditors: a list of servers with the date and level of the last update, please. By Friday is enough.',
    severity: 5,
    impact: 'low',
    urgency: 'low',
    steps: [
      acknowledge(11),
      update(320, 'The list comes on Thursday, as a table.', 'email', 'agent'),
      note(
        1_500,
        "Report drawn from the patch log: all production servers on last month's level but one, which is excepted in the runbook.",
        'agent'
      ),
      update(1_510, 'The table is attached. One server is excepted by your own runbook; it is marked.', 'email', 'agent'),
      heard(1_900, '{who}: exactly what they asked for.', 'email'),
      resolve(1_910, 'Patch list delivered.', 'fixed', 'agent'),
      close(3_400)
    ]
  }),
  scenario({
    hosts: ['halvorsen/hf-disp-db02', 'kestrel/km-ora-02', 'sandbar/sb-tos-02'],
    subject: "Move next Saturday's maintenance by one hour",
    description: 'A delivery runs late on Saturday. {who} asks to begin at 05:00 instead of 04:00 for this server.',
    severity: 4,
    impact: 'low',
    urgency: 'medium',
    queue: 'cloud',
    steps: [
      hand(10, 'cloud'),
      update(
        95,
        'That works. Maintenance of {item} begins at 05:00 on Saturday; the notice has been sent again with the new time.',
        'email'
      ),
      note(100, 'Window moved for this server only; the others keep 04:00.'),
      heard(160, '{who}: thank you.', 'email'),
      resolve(165, 'Maintenance of one server moved to 05:00.'),
      close(1_600)
    ]
  }),
  scenario({
    hosts: ['corran/cw-dms-02', 'bluepeak/bp-img-02', 'penmarric/po-web-02'],
    channel: 'advisory',
    subject: 'Advisory: update for the web component on {item}',
    description:
      'The vendor rates the weakness High. It can be used from outside only if the administration page is reachable, which it is not.',
    severity: 3,
    queue: 'security',
    steps: [
      acknowledge(5, 'sofia'),
      hand(6, 'security', 'sofia'),
      update(
        40,
        'A weakness was published for a component on {item}. Your administration page is not reachable from outside, so nothing is urgent. We propose tonight at 22:00, two minutes of interruption.',
        'email',
        'sofia'
      ),
      wait(45, 'customer', 'May we update {item} tonight at 22:00?', 24, 'sofia'),
      heard(200, '{who} agrees to 22:00.', 'email', 'sofia'),
      note(500, 'Updated at 22:00, interruption 70 seconds, version checked.', 'sofia'),
      update(505, 'Updated at 22:00; the interruption was 70 seconds.', 'email', 'sofia'),
      resolve(510, 'Component updated on the fast track.', 'fixed', 'sofia'),
      close(1_900)
    ]
  }),
  scenario({
    hosts: ['wattle/wf-cellar-01', 'harrowgate/hp-file-01'],
    subject: 'Program asks for an administrator to install an update',
    description: 'Since today a window asks for an administrator every time the program starts. Cancel works, but it comes back.',
    severity: 4,
    impact: 'low',
    steps: [
      note(
        35,
        'Vendor has released an update that installs itself for the whole machine. Needs a maintenance window by the runbook.',
        'agent'
      ),
      update(
        50,
        'Please press Cancel for now. By your runbook the update goes in on Saturday; until then we hide the window.',
        'phone',
        'agent'
      ),
      hand(55, 'cloud'),
      wait(60, 'problem', "Update goes in with Saturday's maintenance", 72),
      resume(3_000),
      note(3_010, "Installed in Saturday's window. Window no longer appears."),
      update(3_015, 'The update is installed; the window should be gone.', 'email'),
      resolve(3_020, 'Update installed in the maintenance window.'),
      close(4_400)
    ]
  }),
  scenario({
    hosts: ['sandbar/sb-cam-nvr', 'brightline/bl-nas-01'],
    subject: 'Recordings older than a week cannot be opened',
    description: 'They need a recording from ten days ago for an insurer. The list shows it, opening it fails.',
    steps: [
      hand(6, 'cloud'),
      note(40, 'Recordings older than seven days lie on the archive volume, which is mounted read-only and stale after the restart.'),
      update(48, 'The archive was not connected after the last restart. It is now; please try the recording.'),
      heard(66, '{who}: it opens.'),
      note(70, 'Mount added to the start-up check of {item}.'),
      resolve(75, 'Archive volume connected again and added to the start-up check.'),
      close(1_500)
    ]
  }),
  scenario({
    hosts: ['lumen', 'sandbar', 'penmarric'],
    subject: 'Invoice lists a server we gave back',
    description: "{who} from the office: last month's invoice still has a server on it that was handed back in spring.",
    severity: 5,
    impact: 'low',
    urgency: 'low',
    steps: [
      update(6, 'Passed to the account team; they answer by the end of the week.', 'phone', 'agent'),
      note(1_300, 'Account team has corrected it and sends a credit note.', 'agent'),
      update(1_310, 'You get a credit note with the next invoice.', 'email', 'agent'),
      resolve(1_320, 'Invoice corrected by the account team.', 'outOfScope', 'agent'),
      close(2_800)
    ]
  })
]
