import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { DESK_API, type DeskChannel, type DeskReply, type DeskRequest } from '#shared/protocol/desk-api.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import { asFacts, type Log } from './log.ts'

/** What a channel does: its request as parsed, and the window it came from. */
export type DeskHandlers = {
  readonly [C in DeskChannel]: (request: DeskRequest<C>, sender: WebContents) => DeskReply<C> | Promise<DeskReply<C>>
}

/** What crosses to the preload. An error travels as its sentence only; a stack would tell a page about this computer. */
export type IpcAnswer = { readonly ok: true; readonly reply: unknown } | { readonly ok: false; readonly message: string }

/**
 * The one place where a page reaches the main process. Each call must come from the top frame of one of our own pages, and its argument must be what the
 * channel says; everything else is refused and logged.
 */
export function answerIpc(handlers: DeskHandlers, log: Log): void {
  for (const channel of channels()) register(channel, handlers[channel], log)
}

function channels(): readonly DeskChannel[] {
  return Object.keys(DESK_API).filter((name): name is DeskChannel => name in DESK_API)
}

function register<C extends DeskChannel>(channel: C, handler: DeskHandlers[C], log: Log): void {
  ipcMain.handle(`desk:${channel}`, async (event, argument: unknown): Promise<IpcAnswer> => {
    if (!isOurPage(event)) {
      log.error('call from a foreign page refused', { channel, url: event.senderFrame?.url ?? 'a frame that is gone' })
      return { ok: false, message: 'This page may not do that.' }
    }
    const request = DESK_API[channel].request.safeParse(argument)
    if (!request.success) {
      log.error('malformed call refused', {
        channel,
        issues: request.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      })
      return { ok: false, message: `The request ${channel} was malformed.` }
    }
    try {
      // The schema above is this channel's own, so what it parsed is this channel's request.
      return { ok: true, reply: await handler(request.data as DeskRequest<C>, event.sender) }
    } catch (error) {
      log.error('call failed', { channel, ...asFacts(error) })
      return { ok: false, message: error instanceof Error ? error.message : String(error) }
    }
  })
}

/** Node's URL gives 'null' as the origin of app://; Chromium's own answer on the frame is the one to trust. */
function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN
}
