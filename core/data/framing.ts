/**
 * @file How a whole image meets the size that a model reads: what of it is resized to what, and what is cut off or put
 * around it afterwards. Sizes and places are those of transformers and timm.
 */
import type { Framing } from '../vit/config.ts'
import type { Colour, Rectangle, RgbImage, Size } from './image.ts'

/** What happens to an image of one size, in this order. */
export interface FramingPlan {
  /** The part that is resized; all of it where undefined. */
  readonly part: Rectangle | undefined
  /** What the part is resized to. */
  readonly size: Size
  /** What is cut out of that around its middle, or laid around it where it is larger. */
  readonly frame: Size
}

/**
 * The plan for an image.
 *
 * @see transformers image_processing_backends.py (`resize`, `center_crop`) and timm/data/transforms.py (`ResizeKeepRatio`)
 */
export function planFraming(image: Size, frame: Size, { resize }: Pick<Framing, 'resize'>): FramingPlan {
  if (resize === 'squash') return { part: undefined, size: frame, frame }
  if (resize === 'letterbox') return { part: undefined, size: inside(image, frame), frame }
  if ('squash' in resize) return { part: undefined, size: resize.squash, frame }
  const part = middleOf(image)
  return { part, size: covering(part ?? image, resize.cover), frame }
}

/** Where the whole image lies over what a model reads, in shares of that: it may reach beyond, or leave bars. */
export function imageOverFrame(image: Size, { part, size, frame }: FramingPlan): Rectangle {
  const width = ((size.width / frame.width) * image.width) / (part ?? image).width
  const height = ((size.height / frame.height) * image.height) / (part ?? image).height
  return { left: (1 - width) / 2, top: (1 - height) / 2, width, height }
}

/** Cuts the middle out of an image, or lays `background` around it, to give exactly `frame`. */
export function applyFrame(image: RgbImage, frame: Size, background: Colour): RgbImage {
  if (image.width === frame.width && image.height === frame.height) return image
  const framed = blank(frame, background)
  const across = overlap(image.width, frame.width)
  const down = overlap(image.height, frame.height)
  for (let row = 0; row < down.length; row++) {
    const from = 3 * ((down.from + row) * image.width + across.from)
    const to = 3 * ((down.to + row) * frame.width + across.to)
    image.data.copy(framed.data, to, from, from + 3 * across.length)
  }
  return framed
}

// Covering a square with an image of one row would make billions of pixels of which the middle alone is read.
const mostElongated = 16

function middleOf({ width, height }: Size): Rectangle | undefined {
  const most = mostElongated * Math.min(width, height)
  if (Math.max(width, height) <= most) return undefined
  const part = { width: Math.min(width, most), height: Math.min(height, most) }
  return { left: (width - part.width) >> 1, top: (height - part.height) >> 1, ...part }
}

// The shorter side of a square is met exactly and the longer one rounded down, as torchvision does.
function covering(image: Size, target: Size): Size {
  if (target.width !== target.height) return scaled(image, Math.min, target)
  const longer = (long: number, short: number): number => Math.floor((target.width * long) / short)
  const { width, height } = image
  return width < height
    ? { width: target.width, height: longer(height, width) }
    : { width: longer(width, height), height: target.height }
}

function inside(image: Size, target: Size): Size {
  const size = scaled(image, Math.max, target)
  return { width: Math.max(1, size.width), height: Math.max(1, size.height) }
}

function scaled(
  { width, height }: Size,
  choose: (across: number, down: number) => number,
  target: Size,
): Size {
  const ratio = choose(width / target.width, height / target.height)
  return { width: Math.round(width / ratio), height: Math.round(height / ratio) }
}

/** Where the shorter of two lines lies in the middle of the longer one. */
function overlap(image: number, frame: number): { from: number; to: number; length: number } {
  const rest = image - frame
  return rest >= 0 ? { from: rest >> 1, to: 0, length: frame } : { from: 0, to: -rest >> 1, length: image }
}

function blank({ width, height }: Size, colour: Colour): RgbImage {
  return { width, height, data: Buffer.alloc(3 * width * height, Buffer.from(colour)) }
}
