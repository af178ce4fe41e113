/** @file Thirty kinds of file that are found in folders of photos and cannot be trained on. */
import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

import sharp from 'sharp'

import { createRandom, integer } from '../../../core/tensor/random.ts'

/** Writes one file of each kind into `directory`, which must exist. Returns their 30 names. */
export async function writeBadFiles(directory: string): Promise<string[]> {
  const contents = { ...plainFiles(), ...(await damagedImages()) }
  for (const [name, bytes] of Object.entries(contents)) await writeFile(join(directory, name), bytes)
  await mkdir(join(directory, 'folder.png'))
  await symlink('nowhere.jpg', join(directory, 'dangling-link.jpg'))
  await symlink('link-to-itself.jpg', join(directory, 'link-to-itself.jpg'))
  execFileSync('mkfifo', [join(directory, 'pipe.jpg')])
  return [...Object.keys(contents), 'folder.png', 'dangling-link.jpg', 'link-to-itself.jpg', 'pipe.jpg']
}

const svg =
  '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'

function plainFiles(): Record<string, Uint8Array | string> {
  return {
    'zero-bytes.jpg': '',
    'only-zeros.jpg': new Uint8Array(5000),
    'text.jpg': 'Not a photo at all.\n',
    'web-page.png': '<!DOCTYPE html>\n<html><body>404 Not Found</body></html>',
    'git-lfs.jpg': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
    'document.jpg': '%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< >>\nendobj\n',
    'archive.webp': Buffer.from('PK\x03\x04\x14\0\0\0\x08\0photos', 'latin1'),
    'drawing.svg': svg,
    'drawing.png': svg,
    'layers.psd': Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03', 'latin1'),
    'iphone.heic': isoMedia('heic', 'mif1'),
    'iphone.jpg': isoMedia('heic', 'mif1'),
    'clip.jpg': isoMedia('isom', 'mp42'),
    'camera.nef': Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
    'noise.gif': noise(3000),
    'signature-only.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    'bomb.png': oneBitPng(20_000, 20_000),
    'no-pixels.bmp': bmpHeader(0, 0),
    'cut-off.bmp': bmpHeader(40, 30),
  }
}

async function damagedImages(): Promise<Record<string, Uint8Array>> {
  const photo = sharp(noise(160 * 120 * 3), { raw: { width: 160, height: 120, channels: 3 } })
  const jpeg = await photo.clone().jpeg().toBuffer()
  const png = await photo.clone().png().toBuffer()
  return {
    'cut-off.jpg': half(jpeg),
    'cut-off.png': half(png),
    'cut-off.webp': half(await photo.clone().webp().toBuffer()),
    'cut-off.avif': half(await photo.clone().avif({ effort: 0 }).toBuffer()),
    'rotten.jpg': rotten(jpeg),
    'rotten.png': rotten(png),
    'floating-point.tiff': floatTiff(8, 8),
  }
}

/** Always the same noise, so that failures are reproducible. */
function noise(length: number): Uint8Array {
  const random = createRandom(1)
  return Uint8Array.from({ length }, () => integer(random, 256))
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length / 2)
}

/** With a block of zeros in the middle, as a bad sector of a disk leaves it. */
function rotten(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).fill(0, bytes.length / 2, bytes.length / 2 + 2048)
}

function isoMedia(brand: string, compatible: string): Buffer {
  return Buffer.from(`\0\0\0\x14ftyp${brand}\0\0\0\0${compatible}\0\0\0\x08free`, 'latin1')
}

/** A complete, valid black image of very many pixels in very few bytes. */
function oneBitPng(width: number, height: number): Buffer {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size[8] = 1
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))), { level: 1 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

function bmpHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(54)
  header.write('BM', 'latin1')
  header.writeUInt32LE(54, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(24, 28)
  return header
}

/** Grey, 32-bit floating point: what scientific cameras write. */
function floatTiff(width: number, height: number): Buffer {
  const pixels = Buffer.from(Float32Array.from({ length: width * height }, (_, index) => index / 64).buffer)
  const entries: readonly (readonly [tag: number, value: number])[] = [
    [256, width],
    [257, height],
    [258, 32],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, pixels.length],
    [339, 3],
  ]
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(8 + pixels.length, 4)
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16LE(entries.length, 0)
  for (const [index, [tag, value]] of entries.entries()) {
    directory.writeUInt16LE(tag, 2 + index * 12)
    directory.writeUInt16LE(4, 4 + index * 12)
    directory.writeUInt32LE(1, 6 + index * 12)
    directory.writeUInt32LE(value, 10 + index * 12)
  }
  return Buffer.concat([head, pixels, directory])
}
