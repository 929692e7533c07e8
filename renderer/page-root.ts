import type { DeskApi } from '#shared/protocol/desk-api.ts'

/** What a page of the application starts from: the main process's interface, put there by the preload, and the element to draw into. */
export function pageRoot(): { readonly desk: DeskApi; readonly root: HTMLElement } {
  const { desk } = window as unknown as { readonly desk?: DeskApi }
  const root = document.getElementById('root')
  if (!desk || !root) throw new Error('the page was opened outside the application')
  return { desk, root }
}
