import { createContext, useContext, useEffect, useState } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import type { Ticker } from './ticker.ts'

export const TickerContext = createContext<Ticker | null>(null)

export function useTicker(): Ticker {
  const ticker = useContext(TickerContext)
  if (!ticker) throw new Error('a clock was rendered outside TickerContext')
  return ticker
}

/** What `read` says now, read again every second; the component renders only when the answer changes. */
export function useTicking<T extends string | number | boolean | null>(read: (now: Instant) => T): T {
  const ticker = useTicker()
  const [value, setValue] = useState(() => read(ticker.now()))
  useEffect(() => ticker.follow((now) => setValue(read(now))), [ticker, read])
  return value
}
