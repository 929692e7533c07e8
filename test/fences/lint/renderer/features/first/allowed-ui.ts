import { tick } from '#renderer/ui/ticker.ts'

export const copy = tick
