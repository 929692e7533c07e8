import { readConfig } from '../config.ts'
import { firstBrokenAudit } from '../db/audit.ts'
import { tablesOf } from '../db/tables.ts'
import { borrowedDatabase } from '../desk-database.ts'
import { serverLog } from '../log.ts'
import { verifyLog } from '../verify-log.ts'

const SHOWN = 20

/** `verify`: proves that every record is what the log says, and that the audit trail is whole. Ends with one JSON line. */
export async function verify(): Promise<number> {
  const database = await borrowedDatabase(readConfig(process.env), serverLog('warn'))
  try {
    let shown = 0
    const verification = await verifyLog(database.pool, (difference) => {
      shown += 1
      if (shown <= SHOWN) process.stderr.write(`${difference}\n`)
    })
    if (shown > SHOWN) process.stderr.write(`… and ${shown - SHOWN} more\n`)
    const brokenAudit = await firstBrokenAudit(tablesOf(database.pool))
    if (brokenAudit !== null) process.stderr.write(`The audit trail does not hold from line ${brokenAudit} on.\n`)
    process.stdout.write(`${JSON.stringify({ ...verification, auditWhole: brokenAudit === null })}\n`)
    return verification.differences === 0 && brokenAudit === null ? 0 : 1
  } finally {
    await database.close()
  }
}
