import { mount } from './mount.tsx'
import { ConsoleWindow } from './shell/ConsoleWindow.tsx'
import type { ConsoleParts } from './store/console.tsx'

export function mountConsole(root: HTMLElement, parts: ConsoleParts): void {
  mount(root, parts, <ConsoleWindow />)
}
