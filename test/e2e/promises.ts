/** What the product promises: after a kill everything typed up to this long before it is there. */
export const KEPT_AFTER_MS = 250
