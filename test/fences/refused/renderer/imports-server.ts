import type * as config from '#server/config.ts'

export type Config = typeof config
