import fs from 'node:fs/promises'
import { startHeadlessConsole, type HeadlessConsole } from '#renderer/sync/headless/headless-console.ts'
import type { BoardRecord } from '#renderer/sync/engine-api.ts'
import { until } from '../drive/until.ts'

export type BenchConsole = HeadlessConsole & {
  readonly board: ReadonlyMap<string, BoardRecord>
  /** Tells of each record as the board shows it; returns how to stop hearing. */
  readonly onRecord: (hear: (record: BoardRecord) => void) => () => void
}

/** The product's engine on real files and a real socket, without a window, signed in and up to date. */
export async function headlessConsole(folder: string, server: string, account: string): Promise<BenchConsole> {
  const started = await startHeadlessConsole({ fs, folder, server })
  const board = new Map<string, BoardRecord>()
  const hearing = new Set<(record: BoardRecord) => void>()
  let complete = false
  started.client.onBoard((change) => {
    complete = change.complete
    if (change.kind === 'reset') board.clear()
    else for (const { kind, id } of change.gone) board.delete(`${kind}/${id}`)
    for (const record of change.records) {
      board.set(`${record.kind}/${record.id}`, record)
      for (const hear of hearing) hear(record)
    }
  })
  const entered = await started.client.signIn(account, 'ringdown')
  if (!entered.ok) throw new Error(entered.problem)
  await until('the desk has come in', () => complete && started.client.state().connection.state === 'live', { seconds: 120 })
  return {
    ...started,
    board,
    onRecord: (hear) => {
      hearing.add(hear)
      return () => void hearing.delete(hear)
    }
  }
}

/** The identifiers of open cases. */
export function openCaseIds(console_: BenchConsole): readonly string[] {
  const ids: string[] = []
  for (const record of console_.board.values())
    if (record.kind === 'case' && record.state && record.state.status !== 'closed' && record.state.status !== 'resolved')
      ids.push(record.id)
  return ids
}
