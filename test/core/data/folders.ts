/** @file Small images in folders, for the tests of the data layer. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import sharp from 'sharp'

/** Writes empty files (or the given content) at these relative paths. */
export async function writeFiles(root: string, paths: readonly string[], content = ''): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}

/** Writes a small PNG of one colour under a black strip, so that it is not flat. */
export async function writeImage(
  root: string,
  path: string,
  colour: readonly [number, number, number] = [200, 100, 50],
  width = 40,
  height = 30,
): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  const pixels = Buffer.alloc(width * height * 3)
  for (let index = 0; index < pixels.length; index++) pixels[index] = colour[index % 3] ?? 0
  pixels.fill(0, 0, Math.ceil(height / 4) * width * 3)
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(join(root, path))
}

/** A data set of `perClass` images in each class, every image of its own colour. */
export async function writeDataSet(
  root: string,
  classes: readonly string[],
  perClass: number,
): Promise<void> {
  for (const name of classes) {
    const red = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 251, 7)
    for (let index = 0; index < perClass; index++)
      await writeImage(root, `${name}/${String(index).padStart(3, '0')}.png`, [red, index * 3, 255 - index])
  }
}
