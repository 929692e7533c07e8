import type { DeskNotice } from '#shared/protocol/desk-api.ts'
import type { ConsoleParts } from './console.tsx'
import { useCalls } from './call.ts'
import { newId } from './new-id.ts'
import { useView } from './view.ts'

/** What the main process tells the console unasked: calls, deep links, menu commands. */
export function followDesk({ desk, client, board }: ConsoleParts, startIntake: () => void): () => void {
  if (!desk) return () => undefined
  return desk.onNotice((notice: DeskNotice) => {
    switch (notice.type) {
      case 'call':
        useCalls.getState().ring({ id: notice.callId ?? newId(client.now()), from: notice.from, rangAt: client.now() })
        return
      case 'openCase':
        for (const row of board.getState().cases.values()) {
          if (row.state.number === notice.number || row.state.aliases.includes(notice.number)) useView.getState().openCase(row.id)
        }
        return
      case 'menu':
        if (notice.action === 'newCase') startIntake()
        else if (notice.action === 'palette') useView.getState().openPalette(true)
        else useView.getState().show({ name: 'settings' })
        return
      case 'serverAddress':
      case 'power':
        // The engine's own business.
        return
    }
  })
}
