import { other } from '#renderer/features/second/other.ts'

export const copy = other
