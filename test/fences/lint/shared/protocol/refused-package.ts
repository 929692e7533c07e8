import { pack } from 'msgpackr'

export const packed = pack(1)
