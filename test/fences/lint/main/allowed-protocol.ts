import { DESK_API } from '#shared/protocol/desk-api.ts'

export const channels = Object.keys(DESK_API)
