import { setTimeout as pause } from 'node:timers/promises'

/**
 * Looks again and again until `look` says yes, and says what was waited for when it never does. `look` may throw: that counts as not yet, and the last
 * error becomes the cause.
 */
export async function until(
  what: string,
  look: () => boolean | Promise<boolean>,
  { seconds = 30, every = 50 }: { readonly seconds?: number; readonly every?: number } = {}
): Promise<void> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    let cause: unknown
    try {
      if (await look()) return
    } catch (error) {
      cause = error
    }
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${what}`, { cause })
    await pause(every)
  }
}
