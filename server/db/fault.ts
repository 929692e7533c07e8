import { TemporaryFault } from '../desk-store.ts'

const CONFLICTS = new Set(['40001', '40P01', '55P03', '23505'])
/** Connection trouble, resources used up, an operator's intervention, and what the network says. */
const TEMPORARY = /^(08|53|57)|^25P0[34]$|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/
const LOST =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed/

/** Whether trying again later may help. A clash of unique keys counts: the one who came second finds the other's work next time. */
export function isTemporary(error: unknown): boolean {
  return (
    error instanceof TemporaryFault ||
    isConflict(error) ||
    TEMPORARY.test(codeOf(error)) ||
    (error instanceof Error && LOST.test(error.message))
  )
}

export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error))
}

/** Runs a piece of database work and turns temporary trouble into a TemporaryFault; everything else passes as it is. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof TemporaryFault || !isTemporary(cause)) throw cause
    throw new TemporaryFault(cause instanceof Error ? cause.message : String(cause), { conflict: isConflict(cause), cause })
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
