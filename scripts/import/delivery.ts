import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '#server/config.ts'
import { systemClock } from '#server/clock.ts'
import { TemporaryFault } from '#server/desk-store.ts'
import { ImportBatch } from '#server/import/batch.ts'
import { importBatch } from '#server/import/import-batch.ts'
import { tablesOf } from '#server/db/tables.ts'
import { prepareDesk } from '#server/first-start.ts'
import { pgDeskStore } from '#server/db/pg-desk-store.ts'
import { borrowedDatabase } from '#server/desk-database.ts'
import { serverLog } from '#server/log.ts'
import { DeliveryProblem } from './delivery-problem.ts'
import type { Send } from './import-file.ts'
import { openRemote } from './remote.ts'

export type Delivery = { readonly send: Send; readonly close: () => Promise<void> }

const TRIES = 6

/** Where an import goes: through a server's front door, or straight into the desk of this machine. */
export async function openDelivery(server: string | null, system: string, config: Config): Promise<Delivery> {
  const named = ImportBatch.shape.system.safeParse(system)
  if (!named.success)
    throw new DeliveryProblem(
      `"${system}" cannot be the name of a system. Use up to 60 letters, digits, blanks, dots, dashes and underscores. Nothing was imported.`
    )
  if (server !== null) return openRemote(server, named.data)

  const desk = await borrowedDatabase(config, serverLog('error'))
  const store = pgDeskStore(desk.pool, () => () => undefined)
  try {
    await prepareDesk({ store, db: tablesOf(desk.pool), clock: systemClock })
  } catch (error) {
    await desk.close()
    throw error
  }
  return {
    close: desk.close,
    send: async (lines) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await importBatch({ format: 'servicenow', system: named.data, lines }, null, store, systemClock)
        } catch (error) {
          if (!(error instanceof TemporaryFault)) throw error
          if (attempt === TRIES)
            throw new DeliveryProblem(
              `The database does not take line ${lines[0]?.line}: ${error.message}. What came before it is loaded; the same command continues.`
            )
          await wait(100 * 2 ** attempt)
        }
      }
    }
  }
}
