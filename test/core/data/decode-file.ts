/** @file A whole image file as pixels, for tests of what a file looks like. */
import { renderImage } from '../../../core/data/decode.ts'
import type { Colour, RgbImage } from '../../../core/data/image.ts'
import { inspectImage } from '../../../core/data/inspect.ts'
import { unreadableReason } from '../../../core/data/unreadable.ts'
import { inEnglish } from '../../../core/sentence.ts'

/** Every pixel of an image file at its own size, over white or another colour. */
export async function decodeFile(path: string, background: Colour = [255, 255, 255]): Promise<RgbImage> {
  return renderImage(path, await inspectImage(path), { background })
}

/** Why a file cannot be read. */
export async function reasonOf(path: string): Promise<string> {
  return decodeFile(path).then(
    () => 'read without complaint',
    (error: unknown) => inEnglish(unreadableReason(error)),
  )
}
