#!/usr/bin/env node
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

/**
 * Stands in for fpm where electron-builder cannot download it: makes a Debian package with dpkg-deb from exactly the arguments that electron-builder
 * passes. An argument it does not know ends it, so that a new electron-builder cannot lose something on the way unnoticed.
 */
const SCALARS = /** @type {const} */ ({
  '-s': 'source',
  '-t': 'target',
  '--architecture': 'architecture',
  '--after-install': 'postinst',
  '--after-remove': 'postrm',
  '--description': 'description',
  '--version': 'version',
  '--package': 'output',
  '--name': 'name',
  '--maintainer': 'maintainer',
  '--vendor': 'vendor',
  '--url': 'homepage',
  '--category': 'section',
  '--deb-priority': 'priority',
  '--deb-compression': 'compression',
  '--license': 'license',
  '--iteration': 'iteration'
})
const LISTS = /** @type {const} */ ({ '-d': 'depends', '--deb-recommends': 'recommends' })
const SILENT = new Set(['--force'])

const request = readArguments(process.argv.slice(2))
if (request.fields.get('source') !== 'dir' || request.fields.get('target') !== 'deb')
  fail(`only "-s dir -t deb" is possible here, not ${request.fields.get('source')} to ${request.fields.get('target')}`)
const work = mkdtempSync(join(tmpdir(), 'ringdown-deb-'))
try {
  makeDeb(work)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** @param {readonly string[]} args */
function readArguments(args) {
  /** @type {Map<string, string>} */
  const fields = new Map()
  const lists = { depends: /** @type {string[]} */ ([]), recommends: /** @type {string[]} */ ([]) }
  /** @type {{ from: string, to: string }[]} */
  const content = []
  for (let index = 0; index < args.length; index++) {
    const name = args[index] ?? ''
    if (name in SCALARS) fields.set(SCALARS[/** @type {keyof typeof SCALARS} */ (name)], args[++index] ?? '')
    else if (name in LISTS) lists[LISTS[/** @type {keyof typeof LISTS} */ (name)]].push(args[++index] ?? '')
    else if (name.startsWith('-') && !SILENT.has(name)) fail(`unknown argument ${name}`)
    else if (!name.startsWith('-')) content.push(mapping(name))
  }
  return { fields, lists, content }
}

/** @param {string} text */
function mapping(text) {
  const split = text.lastIndexOf('=')
  if (split < 1) fail(`not a mapping of a file to its place: ${text}`)
  return { from: text.slice(0, split), to: text.slice(split + 1) }
}

/** @param {string} root */
function makeDeb(root) {
  for (const { from, to } of request.content) place(from, join(root, to))
  // Installed files belong to root; everybody may read them and only root may change them.
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', root])
  const control = join(root, 'DEBIAN')
  const files = filesBelow(root)
  mkdirSync(control, { mode: 0o755 })
  writeFileSync(join(control, 'control'), controlFile(files.reduce((sum, file) => sum + lstatSync(file).size, 0)))
  writeFileSync(
    join(control, 'md5sums'),
    files
      .filter((file) => lstatSync(file).isFile())
      .map((file) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${relative(root, file)}\n`)
      .join('')
  )
  for (const script of ['postinst', 'postrm']) {
    const source = request.fields.get(script)
    if (!source) continue
    copyFileSync(source, join(control, script))
    chmodSync(join(control, script), 0o755)
  }
  const compression = { bzip2: 'xz', gz: 'gzip' }[request.fields.get('compression') ?? ''] ?? request.fields.get('compression') ?? 'xz'
  execFileSync(
    'dpkg-deb',
    ['--root-owner-group', `-Z${compression}`, '--build', root, request.fields.get('output') ?? fail('no --package')],
    { stdio: ['ignore', 'ignore', 'inherit'] }
  )
}

/**
 * A folder's content goes below its place, links as links; a single file becomes exactly that file.
 * @param {string} from
 * @param {string} to
 */
function place(from, to) {
  if (from.endsWith('/')) {
    mkdirSync(to, { recursive: true })
    execFileSync('cp', ['-a', '--no-preserve=ownership', `${from}.`, to])
    return
  }
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
  chmodSync(to, 0o644)
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** @param {number} bytes */
function controlFile(bytes) {
  const { fields, lists } = request
  const [synopsis = '', ...rest] = (fields.get('description') ?? '').split('\n').map((line) => line.trim())
  const version = [fields.get('version'), fields.get('iteration')].filter(Boolean).join('-')
  const lines = [
    `Package: ${fields.get('name')}`,
    `Version: ${version}`,
    `License: ${fields.get('license') ?? 'unknown'}`,
    `Vendor: ${fields.get('vendor')}`,
    `Architecture: ${fields.get('architecture')}`,
    `Maintainer: ${fields.get('maintainer')}`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    ...(lists.depends.length > 0 ? [`Depends: ${lists.depends.join(', ')}`] : []),
    ...(lists.recommends.length > 0 ? [`Recommends: ${lists.recommends.join(', ')}`] : []),
    `Section: ${fields.get('section') ?? 'misc'}`,
    `Priority: ${fields.get('priority') ?? 'optional'}`,
    `Homepage: ${fields.get('homepage')}`,
    `Description: ${synopsis || fields.get('name')}`,
    // An empty line would end the paragraph, so Debian writes it as a dot.
    ...rest.map((line) => ` ${line || '.'}`)
  ]
  return `${lines.join('\n')}\n`
}

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  process.stderr.write(`${basename(process.argv[1] ?? 'fpm')}: ${why}\n`)
  process.exit(2)
}
