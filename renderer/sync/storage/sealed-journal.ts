import type { Cipher } from './cipher.ts'
import { fromBase64, toBase64 } from './cipher.ts'
import type { Journal } from './storage.ts'

/** The journal as the main process keeps it: lines it cannot read. */
export type RawJournal = {
  readonly read: () => Promise<{
    readonly lines: readonly { readonly sequence: number; readonly body: string }[]
    readonly damagedBytes: number
  }>
  readonly append: (lines: readonly { readonly sequence: number; readonly body: string }[]) => Promise<void>
  readonly trim: (through: number) => Promise<void>
}

/** Lines are sealed before they leave the engine; one that cannot be opened counts as damage, not as absence. */
export function sealedJournal(raw: RawJournal, cipher: Cipher): Journal {
  return {
    read: async () => {
      const { lines, damagedBytes } = await raw.read()
      const opened: { line: number; body: string }[] = []
      let damaged = damagedBytes > 0 ? 1 : 0
      for (const { sequence, body } of lines) {
        try {
          opened.push({ line: sequence, body: await cipher.open(fromBase64(body), place(sequence)) })
        } catch {
          damaged += 1
        }
      }
      return { lines: opened, damaged }
    },
    append: async (lines) => {
      const sealed = await Promise.all(
        lines.map(async ({ line, body }) => ({ sequence: line, body: toBase64(await cipher.seal(body, place(line))) }))
      )
      await raw.append(sealed)
    },
    trim: raw.trim
  }
}

function place(line: number): string {
  return `journal/${line}`
}
