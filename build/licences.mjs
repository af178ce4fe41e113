/**
 * @file The licences of what a packaged studio contains: those that its packages carry, and for packages that bring libraries
 * or drawings without the licences of these, texts that are kept in build/licences (ORIGINS.md there says where they are from).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { runtimePackages, windowPackages } from './packages.mjs'
import { inProject, SetupError } from './project.mjs'

const apache = 'LICENSE'

/** @type {readonly { name: RegExp, texts: readonly string[] }[]} files of the project by the packages they belong to */
const kept = [
  {
    // Of libvips and some thirty libraries in it; the package's own README says which is used on which terms.
    name: /^@img\/sharp-(libvips|win32)-/,
    texts: ['LGPL-3.0.txt', 'GPL-3.0.txt', 'libvips-parts.txt'].map(inLicences),
  },
  // Of libheif and libde265 in it.
  { name: /^libheif-js$/, texts: ['LGPL-3.0.txt', 'GPL-3.0.txt'].map(inLicences) },
  {
    name: /^onnxruntime-node$/,
    // The libraries beside it for Windows have terms of their own.
    texts: [
      'MIT-Microsoft.txt',
      'onnxruntime-third-party.txt',
      'DirectML.txt',
      'DirectML-third-party.txt',
      'DirectXShaderCompiler.txt',
    ].map(inLicences),
  },
  { name: /^onnxruntime-common$/, texts: [inLicences('MIT-Microsoft.txt')] },
  { name: /^@bufbuild\/protobuf$/, texts: [apache, inLicences('protobuf.txt')] },
  { name: /^@iconify-json\/fluent-emoji-flat$/, texts: [inLicences('MIT-Microsoft.txt')] },
  { name: /^@iconify-json\/noto$/, texts: [apache] },
]

/** @param {string} file */
function inLicences(file) {
  return join('build', 'licences', file)
}

/**
 * The licences of all that a packaged studio contains besides Electron, which brings its own.
 *
 * @returns {string}
 * @throws {SetupError} if a package has none
 */
export function licenceNotices() {
  const paths = [...new Set([...runtimePackages(), ...windowPackages()])].sort()
  const own = `ViT Studio\n\n${readFileSync(inProject(apache), 'utf8')}`
  const others = paths.filter((path) => existsSync(inProject(path))).map((path) => noticeOf(inProject(path)))
  return [own, ...others].join(`\n${'='.repeat(80)}\n\n`)
}

/**
 * The notice of one package: its name, its licence by name, and every text.
 *
 * @param {string} folder of the package
 * @returns {string}
 * @throws {SetupError} if there is no text
 */
export function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = [...licencesIn(folder), ...keptFor(name, folder)]
  if (files.length === 0) {
    throw new SetupError(
      `${name} comes without the text of its licence (${license}). Add it to build/licences and to build/licences.mjs.`,
    )
  }
  const texts = files.map((file) => readFileSync(file, 'utf8').trim())
  return [`${name} ${version}`, `Licence: ${license}`, ...texts].join('\n\n') + '\n'
}

/** @param {string} folder */
function licencesIn(folder) {
  return readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|third-?party)/i.test(file))
    .sort()
    .map((file) => join(folder, file))
}

/**
 * @param {string} name
 * @param {string} folder
 */
function keptFor(name, folder) {
  const entry = kept.find((one) => one.name.test(name))
  if (entry === undefined) return []
  const overview = name.startsWith('@img/') ? [join(folder, 'README.md')] : []
  return [...overview, ...entry.texts.map((text) => inProject(text))]
}
