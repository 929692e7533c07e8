import { mount } from './mount.tsx'
import { WallWindow } from './shell/WallWindow.tsx'
import type { ConsoleParts } from './store/console.tsx'

export function mountWall(root: HTMLElement, parts: ConsoleParts): void {
  mount(root, parts, <WallWindow />)
}
