import { app } from 'electron'
import { DESK_API } from '#shared/protocol/desk-api.ts'

export const channels = [app.getName(), ...Object.keys(DESK_API)]
