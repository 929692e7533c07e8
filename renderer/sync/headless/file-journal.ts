import { z } from 'zod'
import type { Journal } from '../storage/storage.ts'
import type { Fs } from './files.ts'
import { append, decodeLines, encodeLine, readIfThere, replace } from './files.ts'

const Line = z.object({ line: z.number().int(), body: z.string() })

/** A headless console's outbox journal: every append is synced before it is reported. */
export function fileJournal(fs: Fs, path: string): Journal {
  let writing: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = writing.then(work, work)
    writing = turn.catch(() => undefined)
    return turn
  }
  const readAll = async () => {
    const { values, torn } = decodeLines((await readIfThere(fs, path)) ?? '')
    return { lines: values.map((value) => Line.parse(value)), torn }
  }
  return {
    read: () =>
      inTurn(async () => {
        const { lines, torn } = await readAll()
        if (torn) await replace(fs, path, lines.map(encodeLine).join(''))
        return { lines, damaged: torn ? 1 : 0 }
      }),
    append: (lines) => inTurn(() => append(fs, path, lines.map(encodeLine).join(''), true)),
    trim: (through) =>
      inTurn(async () => {
        const { lines } = await readAll()
        await replace(
          fs,
          path,
          lines
            .filter(({ line }) => line > through)
            .map(encodeLine)
            .join('')
        )
      })
  }
}
