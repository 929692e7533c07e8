import { other } from '../second/other.ts'

export const copy = other
