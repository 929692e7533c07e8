import type { z } from 'zod'
import type { Core } from './core.ts'
import { fillJournal, notice, writeVault } from './disk.ts'
import { draftKey, journalDraftsLater } from './drafts.ts'
import type { BootInput } from './input.ts'
import { MESSAGES } from './messages.ts'
import type { Entry } from './outbox.ts'
import { readReplica } from './replica-boot.ts'
import { AttentionRow, CommandRow, ConsoleRow, Credentials, DraftRow, IdentityRow, JournalEntry } from './rows.ts'
import { ServerClock } from './server-clock.ts'
import { ensureConsole } from './session.ts'
import { showQueue } from './push.ts'
import { REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import { put } from './store-op.ts'

/**
 * Starts from what the disk holds: the vault, the journal merged into it by command id (SYNC-3), and the person whom this computer last
 * worked for. The desk is shown from the replica before anything is asked of a server.
 */
export function boot(core: Core, input: BootInput): void {
  core.installId = input.installId
  core.appVersion = input.appVersion
  core.serverUrl = input.serverUrl
  core.journalKept = input.journal !== null
  core.phase = 'running'
  core.stateChanged = true
  const { entries, unreadable } = readVault(core, input)
  core.clock = new ServerClock(core.at, core.identity?.clock ?? null)
  readCredentials(core, input.credentials)
  if (core.journalKept) for (const id of core.drafts.keys()) core.unjournaledDrafts.add(id)
  const merged = mergeJournal(core, input, entries)
  journalDraftsLater(core)
  core.outbox.load(merged.entries)
  core.nextLine = merged.nextLine
  const restored = merged.entries.filter((entry) => !entry.inVault)
  for (const entry of restored) {
    writeVault(core, [core.outbox.change(entry.command.id, {})], [{ do: 'inVault', commandIds: [entry.command.id] }])
  }
  if (input.vault.length === 0) for (const [id, row] of core.drafts) writeVault(core, [put('draft', id, row)])
  fillJournal(core)
  if ((input.journal?.damaged ?? 0) > 0)
    core.do({ type: 'trimJournal', through: Math.min(core.outbox.firstLine() ?? core.nextLine, ...core.draftLines.values()) - 1 })
  if (restored.length > 0 && entries.length === 0) notice(core, 'evicted', MESSAGES.vaultEvicted)
  if (input.unreadableRows + unreadable > 0) notice(core, 'locked', MESSAGES.vaultUnreadable)
  if ((input.journal?.damaged ?? 0) > 0) notice(core, 'journalUnwritable', MESSAGES.journalDamaged)
  ensureConsole(core)
  showQueue(core)
  core.do({
    type: 'keepReplicas',
    generations: [core.identity?.replica, core.identity?.loading].flatMap((one) => (typeof one === 'number' ? [one] : []))
  })
  readReplica(core)
}

/** Rows that do not parse are left on the disk and counted; a later build may read them. */
function readVault(core: Core, input: BootInput): { readonly entries: readonly Entry[]; readonly unreadable: number } {
  const entries: Entry[] = []
  let unreadable = 0
  const read = <S extends z.ZodType>(schema: S, value: string, take: (row: z.infer<S>) => void) => {
    const parsed = schema.safeParse(JSON.parse(value))
    if (parsed.success) take(parsed.data)
    else unreadable += 1
  }
  for (const row of input.vault) {
    if (row.table === 'identity') read(IdentityRow, row.value, (identity) => (core.identity = identity))
    else if (row.table === 'console') read(ConsoleRow, row.value, (console) => core.consoles.set(console.consoleId, console))
    else if (row.table === 'attention') read(AttentionRow, row.value, (attention) => core.attention.set(attention.command.id, attention))
    else if (row.table === 'draft') read(DraftRow, row.value, (draft) => core.drafts.set(draftKey(draft), draft))
    else if (row.table === 'command')
      read(CommandRow, row.value, (command) =>
        entries.push({
          ...command,
          line: null,
          inVault: true,
          inJournal: false,
          covered: command.progress.at === 'refused' || command.withdrawn
        })
      )
  }
  return { entries, unreadable }
}

/** The keyring may know the person when the databases do not. */
function readCredentials(core: Core, value: string | null): void {
  if (value === null) return
  const parsed = Credentials.safeParse(safeJson(value))
  if (!parsed.success) return
  if (core.identity && (core.identity.deskId !== parsed.data.deskId || (core.identity.me && core.identity.me.id !== parsed.data.me.id)))
    return
  if (core.identity && !core.identity.me) {
    // Signed out; the keyring was not told before the console went.
    core.do({ type: 'saveCredentials', value: null })
    return
  }
  core.credentials = parsed.data
  if (core.identity?.me) return
  core.identity = {
    deskId: parsed.data.deskId,
    me: parsed.data.me,
    scope: null,
    replica: null,
    loading: null,
    lastGeneration: Math.floor(core.at.wall),
    replicaSchema: REPLICA_SCHEMA,
    clock: null
  }
  writeVault(core, [put('identity', 'current', core.identity)])
}

/** Drafts come back from the journal only when the whole vault is gone: otherwise the vault knows better, also what was dropped. */
function mergeDraft(core: Core, entry: Extract<JournalEntry, { type: 'draft' | 'draftDropped' }>, line: number, vaultGone: boolean): void {
  const key = entry.type === 'draft' ? draftKey(entry.row) : entry.id
  core.draftLines.delete(key)
  core.unjournaledDrafts.delete(key)
  if (entry.type === 'draft') {
    if (vaultGone) core.drafts.set(key, entry.row)
    if (!core.drafts.has(key)) return
    core.draftLines.set(key, line)
    // The console went before the journal had the newest keystrokes.
    if (JSON.stringify(core.drafts.get(key)) !== JSON.stringify(entry.row)) core.unjournaledDrafts.add(key)
  } else if (vaultGone) core.drafts.delete(key)
  // Dropped once and begun anew.
  else if (core.drafts.has(key)) core.unjournaledDrafts.add(key)
}

/** Commands that only the journal still has are queued again; the desk knows by their ids which of them it has answered. */
function mergeJournal(
  core: Core,
  input: BootInput,
  vault: readonly Entry[]
): { readonly entries: readonly Entry[]; readonly nextLine: number } {
  const byId = new Map(vault.map((entry) => [entry.command.id as string, entry]))
  let nextLine = 1
  let ordinal = vault.reduce((highest, entry) => Math.max(highest, entry.ordinal), 0)
  for (const { line, body } of input.journal?.lines ?? []) {
    nextLine = Math.max(nextLine, line + 1)
    const entry = JournalEntry.safeParse(safeJson(body)).data
    if (!entry) continue
    if (entry.type === 'draft' || entry.type === 'draftDropped') {
      mergeDraft(core, entry, line, input.vault.length === 0)
      continue
    }
    if (entry.type === 'withdrawn') {
      const known = byId.get(entry.commandId)
      if (known) byId.set(entry.commandId, { ...known, withdrawn: true })
      continue
    }
    const { command, deskId } = entry
    if (!core.consoles.has(command.consoleId)) {
      core.consoles.set(command.consoleId, {
        consoleId: command.consoleId,
        deskId,
        actorId: command.actorId,
        name: entry.actorName,
        answered: 0,
        epoch: null,
        blocks: []
      })
    }
    const known = byId.get(command.id)
    if (known?.inVault) byId.set(command.id, { ...known, inJournal: known.inJournal || known.command.sequence === command.sequence, line })
    else {
      ordinal = Math.max(ordinal, entry.ordinal)
      const free = ![...byId.values()].some((other) => other.ordinal === entry.ordinal && other.command.id !== command.id)
      if (!free) ordinal += 1
      byId.set(command.id, {
        ordinal: known?.ordinal ?? (free ? entry.ordinal : ordinal),
        deskId,
        command,
        progress: { at: 'queued' },
        withdrawn: known?.withdrawn ?? false,
        line,
        inVault: false,
        inJournal: true,
        covered: false
      })
    }
  }
  return { entries: [...byId.values()], nextLine }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
