import { matchesWords, wordsOf } from '#renderer/store/fold.ts'
import { useSettings } from '#renderer/store/settings.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import type { DeskApi } from '#shared/protocol/desk-api.ts'

export type PaletteCommand = { readonly id: string; readonly name: string; readonly keys?: string; readonly run: () => void }

/** What the palette can do beside finding things. */
export function paletteCommands(startIntake: () => void, desk: DeskApi | null, typed: string): readonly PaletteCommand[] {
  const view = useView.getState()
  const { change } = useSettings.getState()
  const commands: PaletteCommand[] = [
    { id: 'newCase', name: t('palette.command.newCase'), keys: 'F2', run: startIntake },
    { id: 'mine', name: t('list.mine'), run: () => view.show({ name: 'list', list: 'mine' }) },
    { id: 'open', name: t('list.open'), run: () => view.show({ name: 'list', list: 'open' }) },
    { id: 'attention', name: t('rail.attention'), run: () => view.show({ name: 'attention' }) },
    { id: 'customers', name: t('rail.customers'), run: () => view.show({ name: 'customers', customerId: null }) },
    ...(desk
      ? [
          { id: 'wall', name: t('palette.command.wall'), run: () => void desk.openWall({}) },
          { id: 'secondWindow', name: t('palette.command.secondWindow'), run: () => void desk.openConsole({}) }
        ]
      : []),
    { id: 'dark', name: t('palette.command.dark'), run: () => change({ theme: 'dark' }) },
    { id: 'light', name: t('palette.command.light'), run: () => change({ theme: 'light' }) },
    { id: 'keys', name: t('palette.command.keys'), keys: 'F1', run: () => view.openKeys(true) },
    { id: 'settings', name: t('palette.command.settings'), run: () => view.show({ name: 'settings' }) }
  ]
  const words = wordsOf(typed)
  return commands.filter((command) => matchesWords(` ${wordsOf(command.name).join(' ')}`, words))
}
