import { own } from '../own.ts'

export const copy = own
