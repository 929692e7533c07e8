import { parseArgs } from 'node:util'
import { runningServer } from '../data-folder.ts'
import { readConfig } from '../config.ts'
import { backUpCluster } from '../db/cluster-backup.ts'
import { borrowedDatabase } from '../desk-database.ts'
import { serverLog } from '../log.ts'
import { StartProblem } from '../start-problem.ts'

/** `backup FOLDER`: a copy of the embedded database, taken while the desk is at work. Put in place of a data folder, it is a desk. */
export async function backup(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true })
  const [target] = positionals
  const config = readConfig(process.env)
  if (!target || positionals.length > 1)
    throw new StartProblem('Say where to: npm run server -- backup FOLDER. The folder must not exist yet.')
  if (config.databaseUrl !== null)
    throw new StartProblem(
      'DATABASE_URL names a database of your own: back it up with its own tools (pg_basebackup, pg_dump). See docs/operations.md.'
    )
  const besideServer = runningServer(config.dataFolder) !== null
  const database = await borrowedDatabase(config, serverLog('warn'))
  try {
    const { bytes, files } = await backUpCluster(database.pool, config.dataFolder, target)
    process.stdout.write(`${JSON.stringify({ folder: target, files, bytes, besideServer })}\n`)
    return 0
  } finally {
    await database.close()
  }
}
