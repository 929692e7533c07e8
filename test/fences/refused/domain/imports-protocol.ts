import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'

export const version = PROTOCOL_VERSION
