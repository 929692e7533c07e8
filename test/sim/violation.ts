/** The promises that hold in every world, at every instant or once it is quiet. */
export type Invariant =
  | 'savedIsKept'
  | 'appliedOnce'
  | 'sequencesWhole'
  | 'revisionsInOrder'
  | 'replicaIsTheDesk'
  | 'ownWorkShown'
  | 'rebaseForetells'
  | 'judgedOnPresent'
  | 'numbersUnique'
  | 'numbersKept'
  | 'nothingOutsideScope'
  | 'windowsShowTheBoard'
  | 'draftsSurvive'
  | 'timeWithinUncertainty'
  | 'creditIsTrue'
  | 'attentionIsWhole'
  | 'quietIsReached'
  | 'noFault'
  | 'deterministic'

/** A promise that was broken, where and how. */
export class Violation extends Error {
  readonly invariant: Invariant

  constructor(invariant: Invariant, message: string) {
    super(`${invariant}: ${message}`)
    this.name = 'Violation'
    this.invariant = invariant
  }
}
