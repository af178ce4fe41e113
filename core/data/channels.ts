/** @file Colours out of pixels whose channels are not grey or RGB: inks, and channels that are not colours. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import type { ImageInfo } from './image.ts'
import type { RawPixels } from './raw-pixels.ts'

type Channels = NonNullable<ImageInfo['channels']>

/** Pixels as the decoder gives them: R, G, B or four inks first, then whatever else the file has. */
interface ManyChannels {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly data: Uint8Array
}

/**
 * R, G, B, and opacity if the file has it. Inks become colours as in Pillow, (255 − ink) · (255 − black) / 255, which
 * is what the tools do that models are trained with; a printer's profile is not applied.
 *
 * @throws AppError `unsupported` if the pixels do not have that many channels
 */
export function toColours({ width, height, channels, data }: ManyChannels, kind: Channels): RawPixels {
  const kept = kind === 'coloursAndOpacity' ? 4 : 3
  const needed = kind === 'colours' ? 3 : 4
  if (channels < needed)
    throw new AppError('unsupported', say`The image has different channels from when it was checked.`)
  const pixels = width * height
  const colours = new Uint8Array(pixels * kept)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [from, to] = [pixel * channels, pixel * kept]
    if (kind === 'inks') {
      const light = 255 - (data[from + 3] ?? 0)
      for (let ink = 0; ink < 3; ink++)
        colours[to + ink] = Math.max(0, light - product(data[from + ink] ?? 0, light))
    } else for (let channel = 0; channel < kept; channel++) colours[to + channel] = data[from + channel] ?? 0
  }
  return { width, height, channels: kept, data: colours }
}

/** a · b / 255, rounded as Pillow does (MULDIV255 in src/libImaging/ImagingUtils.h). */
function product(a: number, b: number): number {
  const sum = a * b + 128
  return ((sum >> 8) + sum) >> 8
}
