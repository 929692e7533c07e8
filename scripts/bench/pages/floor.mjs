// The least that can be done with a snapshot in Chromium: read it line by line, seal each chunk, keep it in IndexedDB, hold the records in
// memory and show the first rows of the open cases. No scopes, no cursor, no resume, no other window.
/** @typedef {{ readonly kind: string, readonly id: string, readonly state: { readonly status: string, readonly number: string, readonly subject: string, readonly openedAt: number } }} Image */

/** @param {string} url */
export async function loadChunked(url) {
  const began = Date.now()
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const database = await open()
  /** @type {Map<string, Image>} */
  const records = new Map()
  const writes = []
  let chunks = 0
  for await (const line of lines(await fetch(url))) {
    const parsed = JSON.parse(line)
    if (parsed.type !== 'chunk') continue
    for (const image of parsed.images) records.set(`${image.kind} ${image.id}`, image)
    writes.push(keep(database, key, String(chunks++), line))
    if (writes.length >= 4) await writes.shift()
  }
  await Promise.all(writes)
  const openCases = [...records.values()].filter(
    ({ kind, state }) => kind === 'case' && state.status !== 'resolved' && state.status !== 'closed'
  )
  openCases.sort((a, b) => a.state.openedAt - b.state.openedAt)
  show(openCases.slice(0, 40).map(({ state }) => `${state.number} ${state.subject}`))
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  return { milliseconds: Date.now() - began, records: records.size, open: openCases.length }
}

/** @param {readonly string[]} rows */
export function show(rows) {
  document.body.replaceChildren(
    ...rows.map((text) => {
      const row = document.createElement('div')
      row.textContent = text
      return row
    })
  )
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((settle, fail) => {
    const request = indexedDB.open('floor', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('chunks')
    request.onsuccess = () => settle(request.result)
    request.onerror = () => fail(request.error)
  })
}

/** @param {IDBDatabase} database @param {CryptoKey} key @param {string} name @param {string} text */
async function keep(database, key, name, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
  await new Promise((settle, fail) => {
    const transaction = database.transaction('chunks', 'readwrite', { durability: 'relaxed' })
    transaction.objectStore('chunks').put({ iv, sealed }, name)
    transaction.oncomplete = settle
    transaction.onerror = () => fail(transaction.error)
  })
}

/** @param {Response} response */
async function* lines(response) {
  if (!response.body) throw new Error('the snapshot has no body')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const parts = (rest + value).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part) yield part
  }
  if (rest) yield rest
}
