import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { fileFor } from './app-file.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'

/** The only origin whose pages, worker and IPC calls are ours. */
export const APP_ORIGIN = 'app://ringdown'

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm'
}

/** Must run before the app is ready. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }
  ])
}

/**
 * Serves the built renderer, and nothing outside its folder. Every answer carries the content security policy: a shared worker is bound by the policy of
 * its own script's answer, not by that of the page that starts it.
 */
export function serveApp(folder: string, serverOrigin: () => string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.host !== 'ringdown') return refuse(404)
    const path = fileFor(folder, url.pathname)
    if (path === null) return refuse(404)
    try {
      const body = await readFile(path)
      return new Response(new Uint8Array(body), { headers: headersFor(path, serverOrigin()) })
    } catch {
      return refuse(404)
    }
  })
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': "default-src 'none'" } })
}

function headersFor(path: string, serverOrigin: string): Record<string, string> {
  return {
    'Content-Type': MIME[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': contentSecurityPolicy(serverOrigin),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache'
  }
}
