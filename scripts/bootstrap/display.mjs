import { spawn } from 'node:child_process'
import { endingWithThis } from './foreground.mjs'
import { Problem } from './problem.mjs'

/** Whether windows can be shown to somebody here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/**
 * Starts an X server that draws into memory, on a display number of its own choosing, and stops it when this process ends.
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function startXvfb() {
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
  const [command, ...rest] = endingWithThis(['Xvfb', ...args])
  return new Promise((resolve, reject) => {
    const server = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
    const stop = () => void server.kill('SIGTERM')
    process.once('exit', stop)
    let said = ''
    const timer = setTimeout(() => {
      stop()
      reject(new Problem('Xvfb did not start within 30 seconds.', said.trim()))
    }, 30_000)
    server.stderr?.on('data', (/** @type {Buffer} */ data) => {
      said += data.toString()
    })
    server.once('error', (error) => {
      clearTimeout(timer)
      reject(new Problem('Xvfb could not be started.', error.message))
    })
    server.once('exit', (code) => {
      clearTimeout(timer)
      process.removeListener('exit', stop)
      reject(new Problem(`Xvfb ended with code ${code}.`, said.trim() || 'It said nothing. Is /tmp writable?'))
    })
    server.stdio[3]?.once('data', (/** @type {Buffer} */ data) => {
      clearTimeout(timer)
      // The pipes must not keep this process alive once its own work is done.
      server.unref()
      for (const stream of [server.stderr, server.stdio[3]])
        if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
      resolve({ display: `:${data.toString().trim()}`, stop })
    })
  })
}
