/** @file Random erasing (Zhong et al. 2020, arXiv 1708.04896): a rectangle of noise hides part of a training picture. */
import { integer, uniform, type Random } from '../tensor/random.ts'
import type { RgbImage } from './image.ts'

// timm/data/random_erasing.py: share of the area, aspect ratio, and attempts to find a place.
const area = [0.02, 1 / 3] as const
const aspect = [0.3, 1 / 0.3] as const
const attempts = 10

/**
 * With `probability`, the picture with one rectangle replaced by noise: 2 to 33 % of the area, aspect 0.3 to 3.3 evenly
 * in its logarithm. The picture itself is not changed.
 */
export function randomErasing(image: RgbImage, probability: number, random: Random): RgbImage {
  if (uniform(random) >= probability) return image
  const { width, height } = image
  for (let attempt = 0; attempt < attempts; attempt++) {
    const pixels = between(area, random) * width * height
    const ratio = Math.exp(between([Math.log(aspect[0]), Math.log(aspect[1])], random))
    const size = {
      width: Math.round(Math.sqrt(pixels / ratio)),
      height: Math.round(Math.sqrt(pixels * ratio)),
    }
    if (size.width >= 1 && size.height >= 1 && size.width < width && size.height < height) {
      return withNoise(image, size, random)
    }
  }
  return image
}

function between([least, most]: readonly [number, number], random: Random): number {
  return least + uniform(random) * (most - least)
}

function withNoise(image: RgbImage, size: { width: number; height: number }, random: Random): RgbImage {
  const { width, height } = image
  const top = integer(random, height - size.height + 1)
  const left = integer(random, width - size.width + 1)
  const data = Buffer.from(image.data)
  for (let row = top; row < top + size.height; row++) {
    const from = 3 * (row * width + left)
    for (let place = from; place < from + 3 * size.width; place++) data[place] = integer(random, 256)
  }
  return { ...image, data }
}
