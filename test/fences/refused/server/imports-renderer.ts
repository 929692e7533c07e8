import type * as engine from '#renderer/sync/engine-api.ts'

export type Engine = typeof engine
