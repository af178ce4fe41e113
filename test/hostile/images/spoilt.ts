/** @file Sound images spoilt in one of many ways, drawn from a number. */
import { createRandom, integer } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { spoilBytes } from '../spoil-bytes.ts'
import type { ImageFile } from './sound-images.ts'

/** The image of a number: every kind of image and every way of spoiling it comes about equally often. */
export function spoilt(seed: number, sound: readonly ImageFile[]): ImageFile {
  const random = createRandom(seed)
  const { name, bytes } = at(sound, integer(random, sound.length))
  const other = at(sound, integer(random, sound.length)).bytes
  return { name: `${seed}-${name}`, bytes: spoilBytes(bytes, random, other) }
}
