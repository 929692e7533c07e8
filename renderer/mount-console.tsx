import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/base.css'
import { ConsoleProvider } from './store/console.tsx'
import type { ConsoleParts } from './store/console.tsx'
import { followOtherWindows } from './store/settings.ts'
import { followTheme } from './ui/theme.ts'
import { TickerContext } from './ui/use-ticker.ts'
import { ConsoleWindow } from './shell/ConsoleWindow.tsx'

/** Draws the console into a page. */
export function mountConsole(root: HTMLElement, parts: ConsoleParts): void {
  followTheme()
  followOtherWindows()
  createRoot(root).render(
    <StrictMode>
      <TickerContext value={parts.ticker}>
        <ConsoleProvider parts={parts}>
          <ConsoleWindow />
        </ConsoleProvider>
      </TickerContext>
    </StrictMode>
  )
}
