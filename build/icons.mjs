/** @file The program's icon, drawn from the window's own mark, in each system's format. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { inProject } from './project.mjs'

const drawing = inProject('renderer', 'icon.svg')
const drawingSide = 32

/**
 * The icon as PNG.
 *
 * @param {number} side pixels
 * @param {number} [inset] transparent share on each side; macOS leaves room around its icons
 * @returns {Promise<Buffer>}
 */
export async function iconPng(side, inset = 0) {
  const { default: sharp } = await import('sharp')
  const margin = Math.round(side * inset)
  const inner = side - 2 * margin
  const background = { r: 0, g: 0, b: 0, alpha: 0 }
  return sharp(drawing, { density: (72 * inner) / drawingSide })
    .resize(inner, inner)
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background })
    .png({ compressionLevel: 9 })
    .toBuffer()
}

const sides = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

/** Of macOS's names for pictures in an icon: sides in pixels. */
const macSides = /** @type {const} */ ([
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
])

const macInset = 100 / 1024

/**
 * Writes `icon.ico`, `icon.icns` and a folder `png` of `16x16.png` and so on.
 *
 * @param {string} folder
 */
export async function writeIcons(folder) {
  mkdirSync(join(folder, 'png'), { recursive: true })
  const pictures = await Promise.all(sides.map(async (side) => ({ side, png: await iconPng(side) })))
  for (const { side, png } of pictures) writeFileSync(join(folder, 'png', `${side}x${side}.png`), png)
  writeFileSync(join(folder, 'icon.ico'), ico(pictures.filter(({ side }) => side <= 256)))
  const macPictures = macSides.map(async ([type, side]) => ({ type, png: await iconPng(side, macInset) }))
  writeFileSync(join(folder, 'icon.icns'), icns(await Promise.all(macPictures)))
}

/**
 * A Windows icon of PNG pictures: a header, one entry of 16 bytes for each, the pictures.
 *
 * @param {readonly { side: number, png: Buffer }[]} pictures
 */
function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [i, { side, png }] of pictures.entries()) {
    const entry = 6 + 16 * i
    // A byte cannot hold 256, which is written as 0.
    header.writeUInt8(side % 256, entry)
    header.writeUInt8(side % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

/**
 * A macOS icon: a header and for each picture its type, its length and itself.
 *
 * @param {readonly { type: string, png: Buffer }[]} pictures
 */
function icns(pictures) {
  const parts = pictures.flatMap(({ type, png }) => [chunkHeader(type, png.length), png])
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([chunkHeader('icns', length), ...parts])
}

/**
 * @param {string} type
 * @param {number} length of what follows, in bytes
 */
function chunkHeader(type, length) {
  const header = Buffer.alloc(8)
  header.write(type, 0, 'latin1')
  header.writeUInt32BE(length + header.length, 4)
  return header
}
