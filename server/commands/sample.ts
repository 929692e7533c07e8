import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { accounts } from '../db/account.ts'
import { pgDeskStore } from '../db/pg-desk-store.ts'
import { tablesOf } from '../db/tables.ts'
import { borrowedDatabase } from '../desk-database.ts'
import { prepareDesk } from '../first-start.ts'
import { serverLog } from '../log.ts'
import { loadSample } from '../sample/load-sample.ts'
import { removeSample } from '../sample/remove-sample.ts'
import { StartProblem } from '../start-problem.ts'

/** `sample load | remove`: the made-up provider, beside whatever the desk holds. Works beside a running server. */
export async function sample([what, ...more]: readonly string[]): Promise<number> {
  if ((what !== 'load' && what !== 'remove') || more.length > 0) throw new StartProblem('Say what to do: sample load, or sample remove.')
  const database = await borrowedDatabase(readConfig(process.env), serverLog('warn'))
  try {
    const store = pgDeskStore(database.pool, () => () => undefined)
    const db = tablesOf(database.pool)
    if (what === 'load') {
      await prepareDesk({ store, db, clock: systemClock })
      process.stdout.write(`${JSON.stringify(await loadSample(store, db, systemClock))}\n`)
      return 0
    }
    const removed = await removeSample(store, database.pool, db, systemClock)
    for (const { kind, name, by } of removed.kept) {
      const real = by === 1 ? '1 record that is not sample names it' : `${by} records that are not sample name it`
      process.stderr.write(`Kept the sample ${kind} ${name}: ${real}. Change that, then remove again.\n`)
    }
    if ((await accounts(db)).length === 0) {
      process.stderr.write('No account is left. The next start of the server makes an administrator and prints the password.\n')
    }
    process.stdout.write(`${JSON.stringify({ ...removed, kept: removed.kept.length })}\n`)
    return 0
  } finally {
    await database.close()
  }
}
