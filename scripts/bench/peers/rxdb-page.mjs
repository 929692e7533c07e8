// @ts-nocheck RxDB is installed on first use, beside the product's own packages, so its types are not there when this is checked.
import { createRxDatabase } from 'rxdb/plugins/core'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

const BATCH = 1_000
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    status: { type: 'string', maxLength: 20 },
    openedAt: { type: 'number', minimum: 0, maximum: 10_000_000_000_000, multipleOf: 1 },
    state: { type: 'object' }
  },
  required: ['id', 'status', 'openedAt', 'state'],
  indexes: [['status', 'openedAt']]
}

async function cases() {
  const database = await createRxDatabase({ name: 'peer', storage: getRxStorageDexie(), multiInstance: false })
  return (await database.addCollections({ cases: { schema } })).cases
}

async function openOnes(collection) {
  const found = await collection
    .find({ selector: { status: { $in: ['new', 'inProgress', 'waiting'] } }, sort: [{ openedAt: 'asc' }], limit: 40 })
    .exec()
  document.body.replaceChildren(
    ...found.map(({ state }) => Object.assign(document.createElement('div'), { textContent: `${state.number} ${state.subject}` }))
  )
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  return found.length
}

/** Everything by RxDB's own replication, in batches ten times its default size, until its first rows are on the screen. */
globalThis.initialSync = async (url) => {
  const began = Date.now()
  const collection = await cases()
  let pulled = 0
  const replication = replicateRxCollection({
    collection,
    replicationIdentifier: 'peer',
    live: false,
    pull: {
      batchSize: BATCH,
      handler: async (checkpoint, batchSize) => {
        const from = checkpoint?.from ?? 0
        const documents = await (await fetch(`${url}?from=${from}&limit=${batchSize}`)).json()
        pulled += documents.length
        return { documents, checkpoint: { from: from + documents.length } }
      }
    }
  })
  await replication.awaitInitialReplication()
  const shown = await openOnes(collection)
  return { milliseconds: Date.now() - began, records: pulled, shown }
}

/** A start on what is there already. */
globalThis.coldStart = async () => ({ shown: await openOnes(await cases()), at: Date.now() })
