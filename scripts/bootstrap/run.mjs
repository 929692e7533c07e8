import { spawn } from 'node:child_process'

/**
 * Runs a program to its end and hands back its exit code and what it printed. Never rejects: a program that cannot be started ends with code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeoutSeconds?: number }} [options] `show` copies the output to stderr as it comes
 * @returns {Promise<{ code: number, stdout: string, stderr: string, timedOut: boolean }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32'
    })
    let stdout = ''
    let stderr = ''
    let timedOut = false
    const timer = options.timeoutSeconds
      ? setTimeout(() => {
          timedOut = true
          child.kill('SIGKILL')
        }, options.timeoutSeconds * 1000)
      : undefined
    child.stdout.on('data', (/** @type {Buffer} */ data) => {
      stdout += data.toString()
      if (options.show) process.stderr.write(data)
    })
    child.stderr.on('data', (/** @type {Buffer} */ data) => {
      stderr += data.toString()
      if (options.show) process.stderr.write(data)
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve({ code: 127, stdout, stderr: `${stderr}${error.message}`, timedOut })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? (signal ? 128 : 1), stdout, stderr, timedOut })
    })
  })
}
