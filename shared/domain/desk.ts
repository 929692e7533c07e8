import type { z } from 'zod'
import { acknowledge } from './case/acknowledge.ts'
import { assign } from './case/assign.ts'
import { close } from './case/close.ts'
import { correctDetails } from './case/correct-details.ts'
import { lowerSeverity } from './case/lower-severity.ts'
import { note } from './case/note.ts'
import { open } from './case/open.ts'
import { raiseSeverity } from './case/raise-severity.ts'
import { readBack } from './case/read-back.ts'
import { recordContact } from './case/record-contact.ts'
import { reopen } from './case/reopen.ts'
import { resolve } from './case/resolve.ts'
import { resume } from './case/resume.ts'
import { updateCustomer } from './case/update-customer.ts'
import { wait } from './case/wait.ts'
import { saveContact } from './directory/save-contact.ts'
import { saveCustomer } from './directory/save-customer.ts'
import { saveItem } from './directory/save-item.ts'
import { savePerson } from './directory/save-person.ts'
import { savePolicy } from './directory/save-policy.ts'
import { saveQueue } from './directory/save-queue.ts'

/** The registry: every command the desk knows. A new command is one file and one line here. */
export const COMMANDS = {
  open,
  acknowledge,
  assign,
  note,
  updateCustomer,
  recordContact,
  readBack,
  raiseSeverity,
  lowerSeverity,
  wait,
  resume,
  resolve,
  close,
  reopen,
  correctDetails,
  saveCustomer,
  saveContact,
  saveItem,
  savePerson,
  saveQueue,
  savePolicy
} as const

export type CommandType = keyof typeof COMMANDS
export type PayloadOf<T extends CommandType> = z.infer<(typeof COMMANDS)[T]['payload']>
