/** The wire protocol this build speaks. A test pins a hash of every schema in this folder, so it cannot change by accident. */
export const PROTOCOL_VERSION = 1
/** The oldest protocol a server of this build still serves in full. Below it, a console may still hand in its outbox. */
export const OLDEST_SERVED_PROTOCOL = 1
/** The shape of command payloads this build writes. The server upgrades older ones before judging. */
export const COMMAND_SCHEMA = 1
/** The shape of replicated records. A replica of another shape is rebuilt from a snapshot; the outbox never is. */
export const REPLICA_SCHEMA = 1

/** Bounds both ends agree on. Times in milliseconds, sizes in bytes of JSON. */
export const LIMITS = {
  requestTimeout: 10_000,
  commandsPerPush: 100,
  bytesPerPush: 262_144,
  entriesPerPage: 2_000,
  bytesPerPage: 524_288,
  /** A poke carries the page itself up to this size, which saves the pull. */
  bytesPerPoke: 16_384,
  leaseSize: 20,
  leaseRefillBelow: 8,
  timeProbeEvery: 60_000,
  snapshotChunkRecords: 500
} as const
