import { parseArgs } from 'node:util'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { borrowedDatabase } from '#server/desk-database.ts'
import { serverLog } from '#server/log.ts'
import { StartProblem } from '#server/start-problem.ts'
import { loadGenerated } from './generate/load.ts'

const HELP = `node scripts/generate-cases.ts --cases N [--seed S] [--days D]
  Fills a desk with N cases whose courses are those of real incidents (test/fixtures), for trying things out at size.
  Into the desk of this machine (RINGDOWN_DATA, DATABASE_URL), beside its server when one runs. N is 1 to 1000000.

  --seed S   another seed gives other cases (default 1); the same one on the same desk is refused
  --days D   the cases were opened over the last D days (default 80)
  The last line on standard output says what was made: { "cases", "open", "facts", "customers", "contacts", "items", "milliseconds" }.
`

process.exitCode = await run()

async function run(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        cases: { type: 'string' },
        seed: { type: 'string', default: '1' },
        days: { type: 'string', default: '80' },
        help: { type: 'boolean', default: false }
      }
    })
    if (values.help) {
      process.stdout.write(HELP)
      return 0
    }
    const wish = {
      cases: whole('cases', values.cases, 1_000_000),
      seed: whole('seed', values.seed, 1_000_000),
      now: systemClock.now(),
      days: whole('days', values.days, 3_650)
    }
    const began = performance.now()
    const database = await borrowedDatabase(readConfig(process.env), serverLog('error'))
    try {
      const loaded = await loadGenerated(wish, database, (cases) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${cases} of ${wish.cases} cases`)
      })
      if (process.stderr.isTTY) process.stderr.write('\n')
      process.stdout.write(`${JSON.stringify({ ...loaded, milliseconds: Math.round(performance.now() - began) })}\n`)
      return 0
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof StartProblem) process.stderr.write(`${error.message}\n`)
    else if (error instanceof TypeError && 'code' in error) process.stderr.write(`${error.message}\n\n${HELP}`)
    else throw error
    return 1
  }
}

function whole(name: string, text: string | undefined, most: number): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new StartProblem(`--${name} is a whole number from 1 to ${most}.\n\n${HELP}`)
  return number
}
