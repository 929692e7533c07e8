import { acknowledge, close, hand, heard, note, resolve, resume, scenario, severity, update, wait } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

/** Calls and alarms about networks, sign-in, mail and security. */
export const NETWORK_SCENARIOS: readonly Scenario[] = [
  scenario({
    hosts: ['sandbar/sb-wan', 'tidewater/tw-branch-rtr'],
    subject: 'Site is cut off: no telephones, no screens',
    description: 'A whole site lost its connection. Mobile phones work. They saw an excavator outside this morning.',
    impact: 'high',
    urgency: 'high',
    severity: 1,
    queue: 'network',
    next: 'Our network engineer is calling the carrier now. I call you back within half an hour whatever we know.',
    steps: [
      hand(1, 'network'),
      note(7, 'Both uplinks down at the same second: they share a duct. Carrier fault number taken.'),
      update(13, 'Both lines are down at the carrier. We have a fault number and they have sent a crew.'),
      wait(15, 'vendor', 'Repair of the fibre by the carrier', 8),
      update(42, 'The carrier confirms a cut fibre. We are bringing up the mobile back-up for the most important screens.'),
      note(55, 'Mobile back-up up for gate and cash desk networks, 40 Mbit/s.'),
      update(70, 'Mobile back-up runs: telephones and the main screens should work. Cameras stay off until the fibre is back.'),
      heard(75, '{who}: telephones work, screens are slow but usable.'),
      severity(78, 2, 'Core work goes on over the mobile back-up; agreed with {who}.', 'engineer'),
      update(130, 'The crew is splicing. They expect the first line in an hour.'),
      update(185, 'First line is back and traffic has moved to it.'),
      resume(188),
      note(200, 'Second line back. Mobile back-up returned to standby.'),
      resolve(
        215,
        'Fibre cut at a road works outside the site; carrier repaired both lines. A second duct is proposed at the next review.'
      ),
      close(1_700)
    ]
  }),
  scenario({
    hosts: ['corran/cw-vpn-gw'],
    subject: 'Remote access asks for the code twice and then fails',
    description: 'Since the weekend people at home cannot get in. In the office all is well. About forty people are affected.',
    impact: 'high',
    urgency: 'medium',
    severity: 2,
    queue: 'network',
    steps: [
      hand(3, 'network'),
      note(
        17,
        "Gateway clock fine; the authentication server's certificate expired on Saturday, so every second request goes to the wrong node."
      ),
      update(25, 'A certificate on one of the two sign-in servers ran out. All requests now go to the other one; please try again.'),
      heard(40, '{who}: people are getting in.'),
      note(75, 'New certificate issued and installed; both nodes in service again.'),
      resolve(80, 'Expired certificate on one of two sign-in servers replaced. Expiry of both is now watched.'),
      close(1_500)
    ]
  }),
  scenario({
    hosts: ['oakhaven/oh-wlan-ctl', 'brightline/bl-plant-sw', 'harrowgate/hp-floor-sw'],
    subject: 'Handhelds lose the network when people walk',
    description: 'Scanners drop off between halls and need a minute to come back. Standing still they work.',
    queue: 'network',
    steps: [
      hand(7, 'network'),
      note(50, "Two access points in the passage are on the same channel after Sunday's firmware update; roaming is refused."),
      update(55, 'Two access points disturb each other since the update. We are giving them channels of their own now.'),
      wait(65, 'customer', 'Please walk the passage with two handhelds and tell us whether they stay connected.', 6),
      heard(260, '{who}: walked it twice, no drop.'),
      resolve(265, 'Fixed channels set for the passage after a firmware update had reset them.'),
      close(1_720)
    ]
  }),
  scenario({
    hosts: ['kestrel/km-fw-edge', 'tidewater/tw-fw-01'],
    subject: 'New partner cannot reach our transfer server',
    description: 'A partner tries to connect from a new address and is refused. The change was announced by mail last week.',
    severity: 4,
    impact: 'low',
    queue: 'network',
    channel: 'email',
    steps: [
      acknowledge(7),
      hand(8, 'network'),
      update(
        60,
        'We see the refused connections. Opening the firewall needs the approval of your security contact; we have asked.',
        'email'
      ),
      wait(62, 'customer', "Approval by the security contact for the partner's new address", 24),
      heard(900, 'Security contact approved by telephone, called back on the number on file.', 'phone'),
      note(930, 'Rule added for the one address and port, with an end date in a year.'),
      update(940, 'The partner may try again.', 'email'),
      resolve(1_260, "Firewall opened for the partner's new address after approval. Partner connects."),
      close(2_800)
    ]
  }),
  scenario({
    hosts: ['bluepeak/bp-dc-01', 'corran/cw-mail', 'halvorsen'],
    subject: 'Locked out after a holiday',
    description: '{who} calls for a colleague who is back from holiday and has typed the old password too often.',
    severity: 4,
    impact: 'low',
    steps: [
      note(6, 'Called back on the number on file and confirmed with {who}. Account unlocked, new password set by the user.', 'agent'),
      resolve(14, 'Account unlocked after call-back to the number on file.', 'fixed', 'agent'),
      close(1_445)
    ]
  }),
  scenario({
    hosts: ['corran/cw-mail', 'kestrel', 'oakhaven'],
    subject: 'A mail looks like one of ours but is not',
    description:
      'Several people got a mail that asks them to sign in on a page that copies ours. {who} has one on the screen. At least one person has typed a password.',
    impact: 'medium',
    urgency: 'high',
    severity: 2,
    queue: 'security',
    next: 'Our security engineer takes over now. Please do not delete the mail and do not switch the computer off.',
    steps: [
      hand(2, 'security'),
      note(10, "Sender's domain registered yesterday. 31 recipients, two clicks, one password typed."),
      update(15, 'We are resetting the one account that was given away and blocking the page for everybody.'),
      note(24, "Account reset, sessions ended, sign-ins of the last 12 hours checked: only the user's own."),
      update(45, 'Nobody else signed in with that account. The mail has been taken out of all mailboxes.'),
      heard(60, '{who} asks for a short text to send round.'),
      update(85, 'Text sent. We keep the domain on watch for two weeks.', 'email'),
      resolve(140, 'Phishing mail removed from 31 mailboxes, one password reset, no foreign sign-in found.'),
      close(1_700)
    ]
  }),
  scenario({
    hosts: ['tidewater/tw-core-01', 'lumen/ls-media-san'],
    channel: 'alarm',
    subject: 'Sign-in to {item} from a country not seen before',
    description: 'One administrative account signed in at 03:12 from an address abroad. Two minutes later a list of all users was read.',
    impact: 'high',
    urgency: 'high',
    severity: 1,
    queue: 'security',
    steps: [
      acknowledge(2, 'sofia'),
      hand(3, 'security', 'sofia'),
      update(
        8,
        'We saw a sign-in from abroad with one of your administrative accounts and have blocked that account. Please tell us whether it was expected.'
      ),
      note(16, 'Account blocked, session ended. User list was read; nothing was written.'),
      heard(
        29,
        '{who}: that is our administrator on a business trip. He reads us his badge number and the time of his flight; vouched for by the security contact.'
      ),
      update(36, 'Thank you. We open the account again with a second factor and keep a mark on it until the end of the trip.'),
      severity(38, 4, 'Expected sign-in, vouched for by the security contact.', 'sofia'),
      resolve(50, 'Sign-in was the administrator on a business trip. Account opened again with a second factor.', 'noFaultFound'),
      close(1_480)
    ]
  }),
  scenario({
    hosts: ['penmarric/po-web-01', 'lumen/ls-review'],
    channel: 'portal',
    subject: 'Certificate warning on our public site',
    description: 'Browsers warn that the connection is not private since this morning. The certificate seems to have run out.',
    impact: 'high',
    urgency: 'high',
    severity: 2,
    queue: 'network',
    steps: [
      acknowledge(4),
      hand(5, 'network'),
      update(16, 'Confirmed: it ran out at 08:00. The renewal failed because the check page is blocked. We renew by hand now.'),
      note(29, 'Renewed and loaded on both nodes. Check page allowed again.'),
      update(33, 'The new certificate is in place. Please reload.', 'portal'),
      resolve(55, 'Automatic renewal was blocked by a new rule on the site. Renewed, rule corrected, expiry is watched at 21 days.'),
      close(1_520)
    ]
  }),
  scenario({
    hosts: ['bluepeak', 'wattle', 'harrowgate'],
    subject: 'Telephone conference has echo',
    description: 'In the large meeting room everybody hears themselves. Other rooms are fine.',
    severity: 4,
    impact: 'low',
    urgency: 'low',
    queue: 'network',
    steps: [
      note(20, 'Two devices in the room are signed in to the same conference: the room system and a laptop.', 'agent'),
      update(26, 'Please mute the laptop while the room system is on. Is the echo gone?', 'phone', 'agent'),
      heard(33, '{who}: yes, it is.'),
      resolve(36, 'Two microphones in one room. Explained.', 'noFaultFound', 'agent'),
      close(1_480)
    ]
  }),
  scenario({
    hosts: ['halvorsen/hf-disp-app01', 'oakhaven/oh-ehr-app01'],
    subject: 'Everything is slow between eleven and noon',
    description: 'Every day for an hour. Outside that hour there is nothing to complain about. Users have started to plan around it.',
    queue: 'cloud',
    steps: [
      hand(9, 'cloud'),
      update(50, 'We are recording what the server does between eleven and noon today and call you after that.'),
      wait(60, 'evidence', "Recording of tomorrow's slow hour", 26),
      update(230, 'Recording of today shows long waits for the disk. We need a second day to be sure.'),
      resume(1_460),
      note(1_480, 'Both days: a copy job of the back-up verification reads the same volume at 11:00.'),
      update(1_500, 'The check of the back-up reads your disks at eleven. We move it to 23:00 from today.'),
      wait(1_505, 'customer', 'Was it quick today between eleven and noon?', 30),
      heard(2_900, '{who}: quick all day.'),
      resolve(2_910, 'Back-up verification moved from 11:00 to 23:00.'),
      close(4_300)
    ]
  })
]
