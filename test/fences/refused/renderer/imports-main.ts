import { openJournal } from '#main/journal.ts'

export const open = openJournal
