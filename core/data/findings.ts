/** @file What is worth knowing about a data set before training on it, in sentences. */
import { at } from '../tensor/shape.ts'
import { listNames } from './classes.ts'
import type { CheckedImage } from './load.ts'

/** What the sentences are about. */
export interface Examined {
  readonly classes: readonly string[]
  /** Images per class. */
  readonly counts: readonly number[]
  readonly images: readonly CheckedImage[]
  /** Paths of images that are of nearly one colour. */
  readonly flat: readonly string[]
}

const fewImages = 10
const strongImbalance = 10

/** Warnings about one folder, most important first. `resolution` is the shorter side of the model's input. */
export function findWarnings(data: Examined, resolution: number): string[] {
  return [
    ...aboutCounts(data),
    ...aboutImbalance(data),
    ...aboutDuplicates(data),
    ...aboutSmallImages(data.images, resolution),
    ...aboutFlatImages(data.flat),
  ]
}

function aboutCounts({ classes, counts }: Examined): string[] {
  const single = classes.filter((_, label) => counts[label] === 1)
  const few = classes.filter((_, label) => at(counts, label) > 1 && at(counts, label) < fewImages)
  const warnings = []
  if (single.length > 0)
    warnings.push(
      `${listNames(single)} ${single.length === 1 ? 'has' : 'have'} only 1 image: it is used for training, ` +
        `so nothing can be said about how well the class is recognised. Add more.`,
    )
  if (few.length > 0)
    warnings.push(
      `${listNames(few)} ${few.length === 1 ? 'has' : 'have'} fewer than ${fewImages} images. ` +
        `Results become reliable from about 20 per class.`,
    )
  return warnings
}

function aboutImbalance({ classes, counts }: Examined): string[] {
  const most = Math.max(...counts)
  const least = Math.min(...counts)
  if (most < strongImbalance * least) return []
  const name = (count: number): string => `"${at(classes, counts.indexOf(count))}" (${count})`
  return [
    `The classes are of very different size: ${name(most)} against ${name(least)}. The model will favour the ` +
      `large ones; look at the accuracy of each class, not only at the whole.`,
  ]
}

function aboutDuplicates({ classes, images }: Examined): string[] {
  const byPath = new Map(images.map((image) => [image.path, image]))
  const copies = images.flatMap((image) => {
    const original = image.duplicateOf === undefined ? undefined : byPath.get(image.duplicateOf)
    return original === undefined ? [] : [{ image, original }]
  })
  const across = copies.filter(({ image, original }) => image.label !== original.label)
  const within = copies.length - across.length
  const warnings = across
    .slice(0, 5)
    .map(
      ({ image, original }) =>
        `The same image lies in two classes: ${original.path} ("${at(classes, original.label)}") and ` +
        `${image.path} ("${at(classes, image.label)}"). Remove the wrong one.`,
    )
  if (across.length > 5) warnings.push(`So do ${across.length - 5} more images.`)
  if (within > 0) {
    const { image, original } = at(
      copies.filter((copy) => copy.image.label === copy.original.label),
      0,
    )
    warnings.push(
      `${countOf(within, 'image is an exact copy', 'images are exact copies')} of another in the same class, ` +
        `such as ${image.path} of ${original.path}. Copies stay together when images are held out.`,
    )
  }
  return warnings
}

function aboutSmallImages(images: readonly CheckedImage[], resolution: number): string[] {
  const small = images.filter((image) => shorterSide(image) < resolution / 2)
  if (small.length === 0) return []
  const smallest = small.reduce((a, b) => (shorterSide(b) < shorterSide(a) ? b : a))
  return [
    `${countOf(small.length, 'image is', 'images are')} much smaller than the ${resolution} pixels the model ` +
      `looks at, and will be blurred; the smallest is ${smallest.path} (${smallest.width} × ${smallest.height}).`,
  ]
}

function shorterSide({ width, height }: CheckedImage): number {
  return Math.min(width, height)
}

function aboutFlatImages(flat: readonly string[]): string[] {
  if (flat.length === 0) return []
  return [
    `${countOf(flat.length, 'image is', 'images are')} of nearly one colour all over, such as ${at(flat, 0)}. ` +
      `Images of 16 bits that use only a part of the range look so: stretch their brightness first.`,
  ]
}

/** Warning about validation images whose very content is among the training images. */
export function aboutLeaks(leaks: readonly { validation: string; training: string }[]): string[] {
  if (leaks.length === 0) return []
  const { validation, training } = at(leaks, 0)
  return [
    `${countOf(leaks.length, 'validation image is an exact copy of a training image', 'validation images are exact copies of training images')}, ` +
      `such as ${validation} of ${training}. The accuracy will look better than it is.`,
  ]
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
