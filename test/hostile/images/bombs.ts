/** @file Sound images in few bytes that take much memory or time when they are decoded carelessly. */
import { crc32, deflateSync } from 'node:zlib'

import { understatedHeic } from '../../support/golden-heic.ts'
import { buildBmp } from '../../core/data/bmp-files.ts'
import type { ImageFile } from './sound-images.ts'

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A black PNG; `colourType` 0 grey, 2 RGB, 6 RGBA; the pixels are there only as far as `rows`. */
function png(side: number, colourType: 0 | 2 | 6, interlaced: boolean, more: readonly Buffer[] = []): Buffer {
  const channels = { 0: 1, 2: 3, 6: 4 }[colourType]
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, colourType, 0, 0, interlaced ? 1 : 0], 8)
  // One row after the other would be the whole image in memory: a part of it, whose end is missing, is enough.
  const rows = deflateSync(Buffer.alloc(Math.min(side, 400) * (1 + side * channels)), { level: 9 })
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A JPEG that begins one scan after the other. */
function manyScans(progressive: Buffer, scans: number): Buffer {
  const first = progressive.indexOf(Buffer.from([0xff, 0xda]))
  const second = progressive.indexOf(Buffer.from([0xff, 0xda]), first + 2)
  const scan = progressive.subarray(first, second > 0 ? second : progressive.length - 2)
  return Buffer.concat([
    progressive.subarray(0, first),
    ...Array.from({ length: scans }, () => scan),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** A TIFF whose directories follow each other, the last by `end`: 0 stops, an offset goes back to it. */
function manyDirectories(count: number, end: number): Buffer {
  const entries: readonly (readonly [number, number])[] = [
    [256, 8],
    [257, 8],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, 8],
    [279, 64],
  ]
  const size = 2 + 12 * entries.length + 4
  const file = Buffer.alloc(72 + count * size)
  file.write('II*\0', 'latin1')
  file.writeUInt32LE(72, 4)
  for (let page = 0; page < count; page++) {
    const at = 72 + page * size
    file.writeUInt16LE(entries.length, at)
    for (const [index, [tag, value]] of entries.entries()) {
      file.writeUInt16LE(tag, at + 2 + 12 * index)
      file.writeUInt16LE(4, at + 4 + 12 * index)
      file.writeUInt32LE(1, at + 6 + 12 * index)
      file.writeUInt32LE(value, at + 10 + 12 * index)
    }
    file.writeUInt32LE(page + 1 < count ? at + size : end, at + size - 4)
  }
  return file
}

/** A GIF of one black frame on a canvas of any size. */
function gif(side: number): Buffer {
  const head = Buffer.from(
    'GIF89a\0\0\0\0\xf0\0\0\0\0\0\xff\xff\xff,\0\0\0\0\0\0\0\0\0\x02\x02D\x01\0;',
    'latin1',
  )
  for (const offset of [6, 8, 24, 26]) head.writeUInt16LE(side, offset)
  return head
}

function withSize(jpeg: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(jpeg)
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    if (marker < 0xc0 || marker > 0xc2) continue
    bytes.writeUInt16BE(height, at + 5)
    bytes.writeUInt16BE(width, at + 7)
    return bytes
  }
  return bytes
}

/** All of them; `sound` are the images to make some from. */
export function bombs(sound: ReadonlyMap<string, Buffer>): ImageFile[] {
  const of = (name: string): Buffer => sound.get(name) ?? Buffer.alloc(0)
  const text = deflateSync(Buffer.alloc(60_000_000), { level: 9 })
  const profile = Buffer.concat([Buffer.from('x\0\0', 'latin1'), text])
  const segments = Array.from({ length: 3000 }, () => Buffer.from('\xff\xe1\0\x08Exif\0\0', 'latin1'))
  const files: Readonly<Record<string, Buffer>> = {
    'large.png': png(15_000, 2, false),
    'large-grey.png': png(15_900, 0, false),
    'large-interlaced.png': png(15_000, 6, true),
    'beyond-any-limit.png': png(65_000, 0, false),
    'profile.png': png(8, 2, false, [chunk('iCCP', profile)]),
    'texts.png': png(
      8,
      2,
      false,
      Array.from({ length: 20 }, () => chunk('zTXt', profile)),
    ),
    'many-scans.jpg': manyScans(of('progressive.jpg'), 4000),
    'large-many-scans.jpg': manyScans(withSize(of('progressive.jpg'), 15_000, 15_000), 400),
    'large.jpg': withSize(of('plain.jpg'), 65_500, 3900),
    'beyond-any-limit.jpg': withSize(of('plain.jpg'), 65_500, 65_500),
    'large-progressive.jpg': withSize(of('progressive.jpg'), 16_000, 15_000),
    'large-inks.jpg': withSize(of('inks.jpg'), 16_000, 15_000),
    'many-segments.jpg': Buffer.concat([
      of('plain.jpg').subarray(0, 2),
      ...segments,
      of('plain.jpg').subarray(2),
    ]),
    'understated.heic': understatedHeic(),
    'large.gif': gif(16_000),
    'beyond-any-limit.gif': gif(65_535),
    'ring.tif': manyDirectories(3, 72),
    'chain.tif': manyDirectories(60_000, 0),
    'claim.bmp': buildBmp({ width: 12_000, height: 12_000, bits: 24, data: [1, 2, 3] }),
    'runs-claim.bmp': buildBmp({
      width: 12_000,
      height: 12_000,
      bits: 8,
      compression: 1,
      data: [255, 1, 0, 1],
    }),
    'long-runs.bmp': buildBmp({
      width: 4,
      height: 2,
      bits: 8,
      compression: 1,
      data: Array.from({ length: 2_000_000 }, () => 255),
    }),
    'claim.ppm': Buffer.from('P6\n15000 15000\n255\nabc'),
    'claim-numbers.ppm': Buffer.from('P3\n15000 15000\n255\n1 2 3'),
    'long-comment.ppm': Buffer.from(`P6\n#${'x'.repeat(500_000)}\n1 1\n255\nabc`),
    'entities.jpg': Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg width="9" height="9"><text>&x;</text></svg>',
    ),
    'script.png': Buffer.from('%!PS\n(/etc/passwd) (r) file 100 string readstring pop print quit\n'),
    'msl.jpg': Buffer.from('<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>'),
  }
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }))
}
