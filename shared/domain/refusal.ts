import { z } from 'zod'

/**
 * Everything the desk can refuse, closed. A refusal is a value: the renderer words each code once, and the refused
 * command keeps its whole content beside it. `detail` carries only what the wording needs (names, instants, numbers).
 */
export const RefusalCode = z.enum([
  // who may do what
  'notSignedIn',
  'notPermitted',
  'notInRestrictedQueue',
  'actorMismatch',
  // what the command names
  'malformed',
  'tooLarge',
  'unknownCommand',
  'recordNotFound',
  'recordExists',
  'customerNotFound',
  'customerInactive',
  'contactNotFound',
  'contactOfOtherCustomer',
  'itemNotFound',
  'itemOfOtherCustomer',
  'queueNotFound',
  'personNotFound',
  'personCannotOwnCases',
  'policyNotFound',
  'lastAdmin',
  'stillInUse',
  'timeZoneUnknown',
  'calendarUnknown',
  // numbers
  'numberTaken',
  'numberNotLeased',
  'numberMalformed',
  // lifecycle
  'caseClosed',
  'caseResolved',
  'caseNotResolved',
  'caseNotWaiting',
  'caseOpenAlready',
  'alreadyAcknowledged',
  'alreadyAssigned',
  'alreadyWaiting',
  'reopenPeriodOver',
  'updatedMeanwhile',
  // severity
  'severityUnchanged',
  'notMoreSevere',
  'notLessSevere',
  'reasonRequired',
  // waiting
  'questionRequired',
  'endDateRequired',
  'endDateNotInFuture',
  // text
  'textRequired',
  // the rest: a command that a bug keeps from being judged is set aside with its content (never blocks a queue)
  'couldNotBeJudged'
])
export type RefusalCode = z.infer<typeof RefusalCode>

export const Refusal = z.object({
  code: RefusalCode,
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
})
export type Refusal = z.infer<typeof Refusal>
