/** Lines could not be delivered to the desk. The message says what happened, what was kept and what to do. */
export class DeliveryProblem extends Error {
  override readonly name = 'DeliveryProblem'
}
