import type { Scheduler } from './scheduler.ts'

/** The instant at which every world begins, in UTC milliseconds. */
export const WORLD_BEGINS = 1_780_000_000_000

/** The clocks of one computer: a wall clock that somebody can set, a monotonic one that stands still in sleep and starts at boot. */
export class MachineClock {
  private wallOffset: number
  private bootedAt = 0
  private slept = 0
  private readonly rate: number
  private readonly scheduler: Scheduler

  /** `drift` is how much faster than true time the quartz runs, as a share. */
  constructor(scheduler: Scheduler, wallOffset: number, drift: number) {
    this.scheduler = scheduler
    this.wallOffset = wallOffset
    this.rate = 1 + drift
  }

  mono(): number {
    return (this.scheduler.now() - this.bootedAt - this.slept) * this.rate
  }

  wall(): number {
    return Math.round(WORLD_BEGINS + this.wallOffset + this.scheduler.now() * this.rate)
  }

  boot(): void {
    this.bootedAt = this.scheduler.now()
    this.slept = 0
  }

  sleep(milliseconds: number): void {
    this.slept += milliseconds
  }

  setWall(by: number): void {
    this.wallOffset += by
  }
}
