type Waiter = { readonly owner: number; readonly grant: () => void; readonly refuse: (error: Error) => void }

/** A lock that is not granted: waiting for it would never end, or its transaction ended first. */
export class LockRefused extends Error {
  readonly deadlock: boolean

  constructor(message: string, deadlock: boolean) {
    super(message)
    this.name = 'LockRefused'
    this.deadlock = deadlock
  }
}

/** Row and advisory locks of the model store: exclusive, granted in the order asked for, with PostgreSQL's answer to a deadlock. */
export class Locks {
  private readonly holders = new Map<string, number>()
  private readonly queues = new Map<string, Waiter[]>()
  private readonly waitsFor = new Map<number, string>()

  /** Settles when the lock is held. */
  async acquire(owner: number, key: string): Promise<void> {
    const holder = this.holders.get(key)
    if (holder === undefined) {
      this.holders.set(key, owner)
      return
    }
    if (holder === owner) return
    if (this.wouldDeadlock(owner, key)) throw new LockRefused(`deadlock on ${key}`, true)
    await new Promise<void>((grant, refuse) => {
      this.waitsFor.set(owner, key)
      const queue = this.queues.get(key) ?? []
      queue.push({ owner, grant, refuse })
      this.queues.set(key, queue)
    })
  }

  /** Frees everything this owner holds or waits for; the next in each queue gets its turn. */
  release(owner: number): void {
    const awaited = this.waitsFor.get(owner)
    if (awaited !== undefined) {
      this.waitsFor.delete(owner)
      const queue = this.queues.get(awaited) ?? []
      const index = queue.findIndex((waiter) => waiter.owner === owner)
      const waiter = index < 0 ? undefined : queue.splice(index, 1)[0]
      waiter?.refuse(new LockRefused(`the transaction that waited for ${awaited} is gone`, false))
    }
    for (const [key, holder] of this.holders) {
      if (holder !== owner) continue
      const next = this.queues.get(key)?.shift()
      if (next) {
        this.holders.set(key, next.owner)
        this.waitsFor.delete(next.owner)
        next.grant()
      } else this.holders.delete(key)
    }
  }

  private wouldDeadlock(owner: number, key: string): boolean {
    let wanted: string | undefined = key
    for (let steps = 0; wanted !== undefined && steps < 1_000; steps++) {
      const holder = this.holders.get(wanted)
      if (holder === undefined) return false
      if (holder === owner) return true
      wanted = this.waitsFor.get(holder)
    }
    return false
  }
}
