/**
 * @file Lets sharp work inside Electron on Linux. Electron loads the system's GLib, whose functions then replace those
 * of the same name in sharp's libvips; objects of one are passed to the other, and the process crashes now and then
 * (sharp's issue 4522, Electron's 46323). So the few functions that sharp's addon takes from its libvips get distinct
 * names, in both files. The new names have the length and the hash of the old ones: nothing else in the files changes.
 */
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ name: string, nameAt: number, isDefined: boolean }} DynamicSymbol */

/**
 * Renames in the two files below a folder of @img packages. Does nothing if that has been done, or there are none for
 * Linux.
 *
 * @param {string} packages the folder `@img`
 */
export function separateGlib(packages) {
  const arch = process.arch
  const addon = fileIn(join(packages, `sharp-linux-${arch}`, 'lib'), '.node')
  const library = fileIn(join(packages, `sharp-libvips-linux-${arch}`, 'lib'), 'libvips-cpp.so.')
  if (addon === null || library === null) return
  const [addonBytes, libraryBytes] = [readFileSync(addon), readFileSync(library)]
  const offered = new Set(
    dynamicSymbols(libraryBytes)
      .filter(({ isDefined }) => isDefined)
      .map(({ name }) => name),
  )
  const taken = dynamicSymbols(addonBytes).filter(
    ({ name, isDefined }) => !isDefined && name.startsWith(ours) && offered.has(name),
  )
  if (taken.length === 0) return
  const names = new Set(taken.map(({ name }) => name))
  const wanted = new Set(dynamicSymbols(addonBytes).map(({ name }) => name))
  rename(addonBytes, names, () => false)
  // Names that are not looked up may change as well: the library itself does not look them up.
  rename(libraryBytes, names, ({ name, isDefined }) => isDefined && !wanted.has(name))
  // The addon last: it shows whether both are done.
  for (const [file, bytes] of /** @type {const} */ ([
    [library, libraryBytes],
    [addon, addonBytes],
  ])) {
    const draft = `${file}.${process.pid}.tmp`
    writeFileSync(draft, bytes, { mode: statSync(file).mode })
    renameSync(draft, file)
  }
}

/**
 * @param {string} folder
 * @param {string} part of the file's name
 */
function fileIn(folder, part) {
  const name = existsSync(folder)
    ? readdirSync(folder).find((file) => file.includes(part) && !file.endsWith('.tmp'))
    : undefined
  return name === undefined ? null : join(folder, name)
}

// The hash of a name grows by 33 times itself and the next letter: one more, then 33 less, leave it as it was.
const ours = 'g_'
const theirs = 'h>'

/**
 * @param {Buffer} bytes of a library; changed
 * @param {ReadonlySet<string>} names
 * @param {(other: DynamicSymbol) => boolean} mayChange whether another name may change with them: names share their
 *   ends, `g_string_free` that of `g_free`
 */
function rename(bytes, names, mayChange) {
  const symbols = dynamicSymbols(bytes)
  for (const { name, nameAt } of symbols.filter((one) => names.has(one.name))) {
    const others = symbols.filter(
      (one) => one.nameAt < nameAt + ours.length && one.nameAt + one.name.length > nameAt,
    )
    const other = others.find((one) => !names.has(one.name) && !mayChange(one))
    if (other !== undefined) throw new Error(`${name} cannot be renamed without ${other.name}`)
    bytes.write(theirs, nameAt, 'latin1')
  }
}

const dynamicSymbolSection = 11

/**
 * The names that a library offers and wants, with their places in the file.
 *
 * @param {Buffer} bytes of a 64-bit little-endian ELF file
 * @returns {DynamicSymbol[]}
 */
export function dynamicSymbols(bytes) {
  if (bytes.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') throw new Error('no 64-bit ELF file')
  const sections = sectionsOf(bytes)
  const table = sections.find(({ type }) => type === dynamicSymbolSection)
  const strings = sections[table?.link ?? -1]
  if (table === undefined || strings === undefined) throw new Error('no dynamic symbols')
  return Array.from({ length: table.size / 24 }, (_, i) => {
    const entry = table.offset + 24 * i
    const nameAt = strings.offset + bytes.readUInt32LE(entry)
    const name = bytes.toString('latin1', nameAt, bytes.indexOf(0, nameAt))
    return { name, nameAt, isDefined: bytes.readUInt16LE(entry + 6) !== 0 }
  })
}

/** @param {Buffer} bytes */
function sectionsOf(bytes) {
  const [start, size, count] = [
    Number(bytes.readBigUInt64LE(40)),
    bytes.readUInt16LE(58),
    bytes.readUInt16LE(60),
  ]
  return Array.from({ length: count }, (_, i) => {
    const header = start + size * i
    return {
      type: bytes.readUInt32LE(header + 4),
      offset: Number(bytes.readBigUInt64LE(header + 24)),
      size: Number(bytes.readBigUInt64LE(header + 32)),
      link: bytes.readUInt32LE(header + 40),
    }
  })
}
