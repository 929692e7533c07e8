import { spawn } from 'node:child_process'
import { chmodSync, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { presentElectron } from './bootstrap/electron.mjs'

const HELP = `npm run package -- [electron-builder flags]
  Builds installers of this platform into dist/. Flags that matter most:
    --dir      only the unpacked application, in a few seconds
    --linux deb, --win, --mac    what to build
    --driven   a build that end-to-end tests may drive through the debugger, into dist/driven; never ship it
`

const root = resolve(import.meta.dirname, '..')
const { values, tokens } = parseArgs({ strict: false, tokens: true, options: { help: { type: 'boolean' }, driven: { type: 'boolean' } } })

if (values.help) process.stdout.write(HELP)
else
  process.exitCode = await pack(
    process.argv.slice(2).filter((argument) => argument !== '--driven'),
    tokens.some((token) => token.kind === 'option' && token.name === 'driven')
  )

async function pack(flags: readonly string[], driven: boolean): Promise<number> {
  const electron = presentElectron()
  if (electron === null) throw new Error('There is no Electron to package; npm start provides one.')
  const forTestsOnly = driven || !electron.official
  if (!electron.official)
    process.stderr.write(
      'package: this package is made from the fallback Electron. It is for tests on this machine only and must not be handed to anybody.\n'
    )
  const fpm = resolve(root, 'scripts/package/fpm.mjs')
  chmodSync(fpm, 0o755)
  return run(
    [
      ...flags,
      '--config',
      'electron-builder.yml',
      '--publish',
      'never',
      `-c.electronDist=${electron.dist}`,
      ...(driven
        ? [
            '-c.directories.output=dist/driven',
            '-c.electronFuses.enableNodeCliInspectArguments=true',
            '-c.extraMetadata.drivenByTests=true'
          ]
        : []),
      // A package that nobody downloads need not be small: xz takes minutes.
      ...(forTestsOnly
        ? [
            '-c.artifactName=${name}-${version}-${os}-${arch}-FOR-TESTS-ONLY.${ext}',
            '-c.deb.artifactName=${name}_${version}_${arch}_FOR-TESTS-ONLY.deb',
            '-c.deb.compression=gz'
          ]
        : [])
    ],
    // Packing a deb needs fpm, which electron-builder would download; the stand-in needs nothing but dpkg-deb.
    { ...process.env, ...(process.env['CUSTOM_FPM_PATH'] || !existsSync('/usr/bin/dpkg-deb') ? {} : { CUSTOM_FPM_PATH: fpm }) }
  )
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { promise, resolve: settle } = Promise.withResolvers<number>()
  const child = spawn(process.execPath, [resolve(root, 'node_modules/electron-builder/cli.js'), ...args], {
    cwd: root,
    env,
    stdio: 'inherit'
  })
  child.once('error', (error) => {
    process.stderr.write(`package: electron-builder could not be started: ${error.message}\n`)
    settle(1)
  })
  child.once('close', (code) => settle(code ?? 1))
  return promise
}
