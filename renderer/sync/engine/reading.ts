/** Both clocks of this machine at one moment: `mono` never jumps but may stop in sleep, `wall` is what somebody can set. Milliseconds. */
export type Reading = { readonly mono: number; readonly wall: number }
