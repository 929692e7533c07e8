import { createHash } from 'node:crypto'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'

export const version = createHash('sha256').update(String(PROTOCOL_VERSION)).digest('hex')
