import type { RecordImage } from '#shared/domain/record.ts'
import type { BoardMessage } from '#renderer/sync/engine/effect.ts'
import type { BoardRecord, CaseTimeline } from '#renderer/sync/engine-api.ts'

/** What one window shows: built from what the engine told it and nothing else, the way the board store does. */
export class Window {
  readonly records = new Map<string, BoardRecord>()
  readonly timelines = new Map<string, CaseTimeline>()
  complete = false
  /** The whole board was shown to it at least once. */
  listens = false
  readonly id: number

  constructor(id: number) {
    this.id = id
  }

  take(message: BoardMessage): void {
    if (message.reset) {
      this.records.clear()
      this.listens = true
    }
    if (!this.listens) return
    if (message.raw !== null)
      for (const image of JSON.parse(message.raw) as readonly RecordImage[])
        this.records.set(`${image.kind}:${image.id}`, { ...image, pending: 0 })
    for (const record of message.records) this.records.set(`${record.kind}:${record.id}`, record)
    for (const ref of message.gone) this.records.delete(`${ref.kind}:${ref.id}`)
    this.complete = message.complete
  }

  takeTimeline(timeline: CaseTimeline): void {
    this.timelines.set(timeline.caseId, timeline)
  }
}
