import type { Instant } from '#shared/domain/instant.ts'

/** One timer for every clock of a window: it fires just after each whole second of server time and hands all faces the same instant. */
export type Ticker = {
  readonly now: () => Instant
  /** Calls `face` at once and then every second until the returned function is called. */
  readonly follow: (face: (now: Instant) => void) => () => void
}

export function createTicker(now: () => Instant): Ticker {
  const faces = new Set<(now: Instant) => void>()
  let timer: ReturnType<typeof setTimeout> | null = null

  const schedule = () => {
    timer = setTimeout(tick, 1_000 - (now() % 1_000) + 4)
  }
  const tick = () => {
    const instant = now()
    for (const face of faces) face(instant)
    timer = null
    if (faces.size > 0) schedule()
  }

  return {
    now,
    follow: (face) => {
      faces.add(face)
      face(now())
      if (timer === null) schedule()
      return () => {
        faces.delete(face)
        if (faces.size === 0 && timer !== null) {
          clearTimeout(timer)
          timer = null
        }
      }
    }
  }
}
