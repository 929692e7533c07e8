import { shell } from 'electron'

/** Opens a link outside, if it is one that cannot do more than show a page or start a mail or a call. */
export async function openExternalLink(text: string): Promise<boolean> {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (!['https:', 'mailto:', 'tel:'].includes(url.protocol) || url.username !== '' || url.password !== '') return false
  await shell.openExternal(url.href)
  return true
}
