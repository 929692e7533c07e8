import { accessSync, constants, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '#server/config.ts'
import { StartProblem } from '#server/start-problem.ts'
import { openDelivery } from './import/delivery.ts'
import { DeliveryProblem } from './import/delivery-problem.ts'
import { importFile } from './import/import-file.ts'
import { openReport } from './import/report.ts'
import { UnreadableTable } from './import/table-rows.ts'

const HELP = `npm run import -- servicenow FILE.csv [--server URL] [--system NAME] [--report FILE]
  Loads an incident export as cases with their history. A second run of the same file changes nothing; an interrupted one continues.

  FILE.csv         comma-separated, UTF-8, with a header; columns in any order
  --server URL     imports through a running server, as an admin; without it into the desk of this machine (RINGDOWN_DATA, DATABASE_URL)
  --system NAME    name of the exporting system (default ServiceNow); the same name continues the same cases
  --report FILE    where to list lines that could not be used or are worth a look (default RINGDOWN_DATA/imports/)

  With --server: RINGDOWN_TOKEN, or RINGDOWN_NAME and RINGDOWN_PASSWORD, or it asks.
  The last line on standard output is { "cases", "events", "unchanged", "rejected" }: cases created or continued, facts recorded,
  cases with nothing new, lines that could not be used.
  Exit code 0: everything is loaded. 2: lines were rejected, the rest is loaded. 1: the import did not finish.
  docs/import.md says what becomes of each column.
`

process.exitCode = await run()

async function run(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        server: { type: 'string' },
        system: { type: 'string', default: 'ServiceNow' },
        report: { type: 'string' },
        help: { type: 'boolean', default: false }
      }
    })
    if (values.help) {
      process.stdout.write(HELP)
      return 0
    }
    const [format, file, ...more] = positionals
    if (format !== 'servicenow' || file === undefined || more.length > 0) {
      process.stderr.write(`Which file? Nothing was imported.\n\n${HELP}`)
      return 1
    }
    const path = readable(file)
    const config = readConfig(process.env)
    const report = openReport(values.report ?? null, config.dataFolder, path)
    const delivery = await openDelivery(values.server ?? null, values.system, config)
    try {
      const totals = await importFile(path, delivery.send, report)
      report.close(totals)
      if (report.path !== null) process.stderr.write(`What could not be used or is worth a look is listed in ${report.path}\n`)
      process.stdout.write(`${JSON.stringify(totals)}\n`)
      return totals.rejected > 0 ? 2 : 0
    } finally {
      await delivery.close()
    }
  } catch (error) {
    if (error instanceof StartProblem || error instanceof UnreadableTable || error instanceof DeliveryProblem)
      process.stderr.write(`${error.message}\n`)
    else if (isUsage(error)) process.stderr.write(`${error.message}\n\n${HELP}`)
    else
      process.stderr.write(
        `The import stopped on a fault of its own; what was loaded stays, and the same command continues.\n${(error as Error).stack ?? String(error)}\n`
      )
    return 1
  }
}

/** The file, found before a database is started for nothing. npm changes into the project's folder; a relative name is meant from where npm was called. */
function readable(file: string): string {
  const fromHere = resolve(file)
  const path = existsSync(fromHere) ? fromHere : resolve(process.env['INIT_CWD'] ?? '.', file)
  try {
    accessSync(path, constants.R_OK)
    return path
  } catch (error) {
    throw new UnreadableTable(`${file} cannot be read: ${(error as Error).message}. Nothing was imported.`)
  }
}

function isUsage(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
