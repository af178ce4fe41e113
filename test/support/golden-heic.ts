/** @file HEIC files that pillow-heif wrote, with the pixels it sees in them: see test/golden/heic. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as z from 'zod'

const fromBase64 = z.string().transform((text) => Buffer.from(text, 'base64'))

const Golden = z.object({
  understated: fromBase64,
  kinds: z.array(
    z.object({
      name: z.string(),
      file: fromBase64,
      width: z.int(),
      height: z.int(),
      pixels: fromBase64,
    }),
  ),
})

/** A file, and R, G, B of every pixel over white. */
export interface GoldenHeic {
  readonly name: string
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
}

/** Every file of test/golden/heic. */
export function readGoldenHeic(): GoldenHeic[] {
  return readGolden().kinds.map(({ file, ...rest }) => ({ ...rest, bytes: file }))
}

/** A picture of 8000 × 8000 pixels that says it has 96 × 64. */
export function understatedHeic(): Buffer {
  return readGolden().understated
}

function readGolden(): z.output<typeof Golden> {
  const path = join(import.meta.dirname, '../golden/heic/golden.json')
  return Golden.parse(JSON.parse(readFileSync(path, 'utf8')))
}
