/** @file What convolutions and pooling are built from: windows that slide over images, and the gradients of `conv`. */
import { at, sizeOf, type Shape } from '../tensor/shape.ts'
import { concat, conv, gemm, pad, reshape, slice, transpose } from './build.ts'
import type { OpAttributes, Value } from './ir.ts'

/** A window of `size` elements that moves by `stride` over an axis with zeros before and after it. */
export interface Window {
  readonly size: number
  readonly stride: number
  readonly before: number
  readonly after: number
}

/** How many positions a window has on an axis of `length` elements. */
export function windowCount(length: number, { size, stride, before, after }: Window): number {
  return Math.floor((before + length + after - size) / stride) + 1
}

/** One value for each position in a window: element i of the k-th is element i·stride + k − before of x. */
export function windowParts(x: Value, axis: number, window: Window): Value[] {
  const { size, stride } = window
  const count = windowCount(at(x.shape, axis), window)
  const padded = resized(x, axis, window.before, stride * (count + Math.floor((size - 1) / stride)))
  return Array.from({ length: size }, (_, k) => strided(padded, axis, k, stride, count))
}

/** The gradient of `conv` with respect to its images, which have the shape `images`. */
export function convInputGradient(
  g: Value,
  kernel: Value,
  images: Shape,
  attributes: OpAttributes['conv'],
): Value {
  const { stride, pads } = attributes
  const spread = dilate(dilate(g, 1, stride), 2, stride)
  // Each pixel reads all outputs that have read it, so the kernel is rotated by 180° and its channels swap roles.
  const turned = reversed(reversed(transpose(kernel, [1, 0, 2, 3]), 2), 3)
  const first = [0, 1].map((axis) => at(kernel.shape, 2 + axis) - 1 - at(pads, axis))
  const last = [0, 1].map((axis) => at(images, 1 + axis) + at(pads, axis) - at(spread.shape, 1 + axis))
  return conv(spread, turned, { stride: 1, pads: [at(first, 0), at(first, 1), at(last, 0), at(last, 1)] })
}

/**
 * The gradient of `conv` with respect to its kernel [O, C, kh, kw]: a product with all windows, which are extracted
 * only for it.
 */
export function convKernelGradient(
  g: Value,
  x: Value,
  kernel: Shape,
  attributes: OpAttributes['conv'],
): Value {
  const [outputs, channels, height, width] = [at(kernel, 0), at(kernel, 1), at(kernel, 2), at(kernel, 3)]
  const { stride, pads } = attributes
  const rows = { size: height, stride, before: pads[0], after: pads[2] }
  const columns = { size: width, stride, before: pads[1], after: pads[3] }
  const windows = concat(windowParts(concat(windowParts(x, 1, rows), 3), 2, columns), 3)
  const places = sizeOf(g.shape) / outputs
  const gradient = gemm(
    reshape(g, [places, outputs]),
    reshape(windows, [places, width * height * channels]),
    {
      transposeA: true,
    },
  )
  return transpose(reshape(gradient, [outputs, width, height, channels]), [0, 3, 2, 1])
}

/** x after `before` zeros, then zero-padded to `length` elements, or cut off there. */
function resized(x: Value, axis: number, before: number, length: number): Value {
  const after = length - before - at(x.shape, axis)
  const padded = before > 0 || after > 0 ? pad(x, axis, before, Math.max(after, 0)) : x
  return after < 0 ? slice(padded, axis, 0, length) : padded
}

/** Elements start, start + step, … of one axis, `count` of them. */
function strided(x: Value, axis: number, start: number, step: number, count: number): Value {
  if (step === 1) return slice(x, axis, start, start + count)
  const tiles = reshape(x, x.shape.toSpliced(axis, 1, at(x.shape, axis) / step, step))
  const phase = slice(tiles, axis + 1, start % step, (start % step) + 1)
  const first = Math.floor(start / step)
  return reshape(slice(phase, axis, first, first + count), x.shape.with(axis, count))
}

/** stride − 1 zeros between the elements of an axis. */
function dilate(x: Value, axis: number, stride: number): Value {
  if (stride === 1) return x
  const length = at(x.shape, axis)
  const single = reshape(x, x.shape.toSpliced(axis, 1, length, 1))
  const spread = reshape(pad(single, axis + 1, 0, stride - 1), x.shape.with(axis, length * stride))
  return slice(spread, axis, 0, (length - 1) * stride + 1)
}

function reversed(x: Value, axis: number): Value {
  const parts = Array.from({ length: at(x.shape, axis) }, (_, index) => slice(x, axis, index, index + 1))
  return concat(parts.toReversed(), axis)
}
