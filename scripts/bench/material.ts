import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../drive/root.ts'
import type { SnapshotLine } from '#shared/protocol/snapshot.ts'

/** The same records as the product's console gets, served from memory by the barest server, for what is measured beside it. */
export type Material = { readonly url: string; readonly cases: number; readonly bytes: number; readonly close: () => Promise<void> }

const PAGE = '<!doctype html><meta charset="utf-8"><title>bench</title><body></body>'

/** Takes one real snapshot of the desk; `scripts` are further page scripts by name. */
export async function material(desk: string, token: string, scripts: { readonly [name: string]: string }): Promise<Material> {
  const response = await fetch(`${desk}/snapshot`, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`snapshot: ${response.status}`)
  const snapshot = Buffer.from(await response.arrayBuffer())
  const rows = caseRows(snapshot.toString('utf8'))
  const texts: { readonly [path: string]: { readonly type: string; readonly body: string | Buffer } } = {
    '/': { type: 'text/html', body: PAGE },
    '/floor.mjs': { type: 'text/javascript', body: readFileSync(join(ROOT, 'scripts', 'bench', 'pages', 'floor.mjs')) },
    '/snapshot': { type: 'application/x-ndjson', body: snapshot },
    ...Object.fromEntries(Object.entries(scripts).map(([name, body]) => [`/${name}`, { type: 'text/javascript', body }]))
  }
  const server = createServer((request, answer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench')
    if (pathname === '/rows') {
      const from = Number(searchParams.get('from'))
      answer.setHeader('content-type', 'application/json')
      answer.end(`[${rows.slice(from, from + Number(searchParams.get('limit'))).join(',')}]`)
      return
    }
    const found = texts[pathname]
    answer.statusCode = found ? 200 : 404
    answer.setHeader('content-type', found?.type ?? 'text/plain')
    answer.end(found?.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the bench server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    cases: rows.length,
    bytes: snapshot.length,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      })
  }
}

function caseRows(snapshot: string): readonly string[] {
  const rows: string[] = []
  for (const text of snapshot.split('\n')) {
    if (!text) continue
    const line = JSON.parse(text) as SnapshotLine
    if (line.type !== 'chunk') continue
    for (const image of line.images) {
      if (image.kind !== 'case' || !image.state) continue
      const { status, openedAt } = image.state
      rows.push(JSON.stringify({ id: image.id, status, openedAt, state: image.state }))
    }
  }
  return rows
}
