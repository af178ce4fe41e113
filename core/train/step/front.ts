/**
 * @file The frozen front of a model: the blocks before the first trainable one. Its output for an image is rounded to
 * half precision, whether it is cached or recomputed, so that training does not depend on what was cached.
 */
import { invariant } from '../../errors.ts'
import type { Engine, State } from '../../engine/engine.ts'
import { decodeFloats, encodeHalf } from '../../files/element-types.ts'
import { sizeOf } from '../../tensor/shape.ts'
import { byteTensor } from '../../tensor/tensor.ts'
import { cutShape, type Cut } from '../../vit/model.ts'
import { frontGraph, pixelShape, type ModelGraphs } from './graphs.ts'
import { sliceOrPad } from './stepper.ts'

/** Computes what passes the cut. */
export interface Front {
  readonly cut: Cut
  /** Numbers that pass the cut for one image. */
  readonly perImage: number
  /** `pixels` uint8 [count, R, R, 3] → half-precision bits, [count, perImage]. */
  readonly compute: (pixels: Uint8Array, count: number) => Promise<Uint16Array<ArrayBuffer>>
  readonly dispose: () => Promise<void>
}

/** The front over weights that are on the engine already; training changes none of those it reads. */
export async function createFront(
  engine: Engine,
  model: ModelGraphs,
  state: State,
  { cut, batch }: { readonly cut: Cut; readonly batch: number },
): Promise<Front> {
  const program = await engine.load(frontGraph(model, batch, cut), state)
  const perImage = sizeOf(cutShape(model.config, cut, 1))
  const shape = pixelShape(model.config, batch)
  const pixelsOfImage = sizeOf(shape) / batch
  return {
    cut,
    perImage,
    compute: async (pixels, count) => {
      const halves = new Uint16Array(count * perImage)
      for (let start = 0; start < count; start += batch) {
        const part = byteTensor(shape, sliceOrPad(pixels, start * pixelsOfImage, batch * pixelsOfImage))
        const values = (await program.run(new Map([['pixels', part]]))).get('front')
        invariant(values !== undefined, () => 'no output named front')
        const valid = Math.min(batch, count - start)
        halves.set(encodeHalf(values.data.subarray(0, valid * perImage)), start * perImage)
      }
      return halves
    },
    dispose: () => program.dispose(),
  }
}

/** Half-precision bits as float32. */
export function widened(halves: Uint16Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return decodeFloats('float16', new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength))
}

/** The fewest and the most views of an image that are cached: fewer are memorised, more waste space. */
const viewLimits = [4, 8] as const

/**
 * How many views of each image are worth caching for this many steps: about half as often as an image is seen, so that
 * each is used twice; 0 if images are not seen often enough to gain anything.
 */
export function viewsFor(steps: number, batch: number, images: number): number {
  const epochs = (steps * batch) / images
  const [fewest, most] = viewLimits
  return epochs <= fewest ? 0 : Math.min(most, Math.max(fewest, Math.round(epochs / 2)))
}
