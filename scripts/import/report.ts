import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DeliveryProblem } from './delivery-problem.ts'

export type Totals = { readonly cases: number; readonly events: number; readonly unchanged: number; readonly rejected: number }

/** Where an import says line by line what it could not use (also on standard error) and what is worth a look. */
export type Report = {
  /** Null while there was nothing to say: no file is made for that. */
  readonly path: string | null
  readonly rejected: (line: number, reason: string) => void
  readonly remarked: (line: number, text: string) => void
  readonly close: (totals: Totals) => void
}

export function openReport(wanted: string | null, dataFolder: string, source: string): Report {
  const began = new Date()
  const path = resolve(wanted ?? join(dataFolder, 'imports', `${basename(source)}.${began.toISOString().replaceAll(':', '-')}.txt`))
  let file: number | null = null
  const write = (text: string) => {
    try {
      if (file === null) {
        mkdirSync(dirname(path), { recursive: true })
        file = openSync(path, 'w')
        writeSync(file, `Import of ${resolve(source)}, ${began.toISOString()}\n`)
      }
      writeSync(file, `${text}\n`)
    } catch (error) {
      throw new DeliveryProblem(
        `The report ${path} cannot be written: ${(error as Error).message}. Name another place with --report; the same command continues the import.`
      )
    }
  }
  return {
    get path() {
      return file === null ? null : path
    },
    rejected: (line, reason) => {
      process.stderr.write(`line ${line} rejected: ${reason}\n`)
      write(`line ${line} rejected: ${reason}`)
    },
    remarked: (line, text) => write(`line ${line} noted: ${text}`),
    close: (totals) => {
      if (file === null) return
      write(JSON.stringify(totals))
      closeSync(file)
    }
  }
}
