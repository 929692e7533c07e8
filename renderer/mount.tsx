import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/base.css'
import { ConsoleProvider } from './store/console.tsx'
import type { ConsoleParts } from './store/console.tsx'
import { followOtherWindows } from './store/settings.ts'
import { StateSprite } from './ui/StateMark.tsx'
import { followTheme } from './ui/theme.ts'
import { TickerContext } from './ui/use-ticker.ts'

/** Draws a window's screens into its page, with everything that they share. */
export function mount(root: HTMLElement, parts: ConsoleParts, screens: ReactNode): void {
  followTheme()
  followOtherWindows()
  createRoot(root).render(
    <StrictMode>
      <TickerContext value={parts.ticker}>
        <ConsoleProvider parts={parts}>
          <StateSprite />
          {screens}
        </ConsoleProvider>
      </TickerContext>
    </StrictMode>
  )
}
