/** @file The ResNet of a hybrid: standardised convolutions and GroupNorm, from pixels to what the patch embedding reads. */
import {
  add,
  constant,
  conv,
  divide,
  gemm,
  maximum,
  multiply,
  reduceSum,
  reduceSumSquare,
  relu,
  reshape,
  sqrt,
  subtract,
} from '../graph/build.ts'
import { windowParts } from '../graph/convolution.ts'
import type { Value } from '../graph/ir.ts'
import { at, sizeOf } from '../tensor/shape.ts'
import { filled } from '../tensor/tensor.ts'
import type { ParameterValues } from './block.ts'
import { unitName, type HybridStem } from './hybrid-config.ts'

/** Both reference implementations have as many groups whatever the width. */
const groups = 32

/**
 * Images [B, H, W, 3] to features [B, H/s, W/s, C], s the stem's stride and C its channels.
 *
 * @see "An Image is Worth 16x16 Words", section 3.1 (hybrid architecture) and appendix B.1; vit_jax/models_resnet.py
 */
export function hybridStem(images: Value, stem: HybridStem, parameters: ParameterValues): Value {
  const layers = layersOf(stem, parameters)
  let x = relu(layers.norm(layers.convolve(images, 'stem.root', 2), 'stem.norm'))
  x = maxPool(maxPool(x, 2), 1)
  for (const [stage, count] of stem.units.entries()) {
    for (let unit = 0; unit < count; unit++) {
      x = bottleneck(
        x,
        unitName(stage, unit),
        { first: unit === 0, stride: unit === 0 && stage > 0 ? 2 : 1 },
        layers,
      )
    }
  }
  return x
}

interface Layers {
  readonly convolve: (x: Value, name: string, stride: number) => Value
  readonly norm: (x: Value, name: string) => Value
}

function layersOf({ arithmetic }: HybridStem, parameters: ParameterValues): Layers {
  return {
    convolve: (x, name, stride) =>
      convolve(x, standardised(parameters(`${name}.weight`), arithmetic), stride),
    norm: (x, name) =>
      groupNorm(
        x,
        parameters(`${name}.scale`),
        parameters(`${name}.bias`),
        arithmetic === 'jax' ? 1e-6 : 1e-5,
      ),
  }
}

// 1×1, 3×3 with the stride, 1×1; the first unit of a stage projects its shortcut to the new size.
function bottleneck(
  x: Value,
  name: string,
  { first, stride }: { readonly first: boolean; readonly stride: number },
  { convolve: conv2d, norm }: Layers,
): Value {
  const shortcut = first ? norm(conv2d(x, `${name}.shortcut`, stride), `${name}.shortcutNorm`) : x
  let y = relu(norm(conv2d(x, `${name}.conv1`, 1), `${name}.norm1`))
  y = relu(norm(conv2d(y, `${name}.conv2`, stride), `${name}.norm2`))
  y = norm(conv2d(y, `${name}.conv3`, 1), `${name}.norm3`)
  return relu(add(y, shortcut))
}

/** Kernels with mean 0 and standard deviation 1 for each output: (w − mean)/std. */
function standardised(kernel: Value, arithmetic: HybridStem['arithmetic']): Value {
  const outputs = at(kernel.shape, 0)
  const fanIn = sizeOf(kernel.shape) / outputs
  const rows = reshape(kernel, [outputs, fanIn])
  const centred = subtract(rows, divide(reduceSum(rows, [1]), fanIn))
  const variance = divide(reduceSumSquare(centred, [1]), fanIn)
  const deviation = arithmetic === 'jax' ? add(sqrt(variance), 1e-5) : sqrt(add(variance, 1e-8))
  return reshape(divide(centred, deviation), kernel.shape)
}

function convolve(x: Value, kernel: Value, stride: number): Value {
  const [batch, height, width, channels] = [at(x.shape, 0), at(x.shape, 1), at(x.shape, 2), at(x.shape, 3)]
  if (kernel.shape.length === 4) {
    const side = at(kernel.shape, 2)
    const [top, bottom] = samePadding(height, side, stride)
    const [left, right] = samePadding(width, side, stride)
    return conv(x, kernel, { stride, pads: [top, left, bottom, right] })
  }
  const read = strided(strided(x, 1, stride), 2, stride)
  const places = sizeOf(read.shape) / channels
  const product = gemm(reshape(read, [places, channels]), kernel, { transposeB: true })
  return reshape(product, [batch, at(read.shape, 1), at(read.shape, 2), at(kernel.shape, 0)])
}

/** Zeros before and after, as TensorFlow's SAME has them: the odd one comes after. */
function samePadding(length: number, size: number, stride: number): readonly [number, number] {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + size - length, 0)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}

function strided(x: Value, axis: number, stride: number): Value {
  if (stride === 1) return x
  return at(windowParts(x, axis, { size: 1, stride, before: 0, after: 0 }), 0)
}

/** The largest of each three neighbours in steps of two. After a ReLU the zeros around do not count. */
function maxPool(x: Value, axis: number): Value {
  const [before, after] = samePadding(at(x.shape, axis), 3, 2)
  return windowParts(x, axis, { size: 3, stride: 2, before, after }).reduce((largest, part) =>
    maximum(largest, part),
  )
}

/** (x − mean)/√(variance + ε)·scale + bias, with the statistics of each image's groups of channels (Wu and He 2018). */
function groupNorm(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  const [batch, channels] = [at(x.shape, 0), at(x.shape, 3)]
  const places = at(x.shape, 1) * at(x.shape, 2)
  const inGroup = channels / groups
  // The mean of each group in the place of every channel of it, from sums over places [B, 1, C].
  const groupMeans = (sums: Value): Value => {
    const total = reduceSum(reshape(sums, [batch, groups, inGroup]), [2])
    return reshape(multiply(total, constant(filled([1, 1, inGroup], 1 / (places * inGroup)))), [
      batch,
      1,
      channels,
    ])
  }
  const flat = reshape(x, [batch, places, channels])
  const centred = subtract(flat, groupMeans(reduceSum(flat, [1])))
  // Not reduceSumSquare, which ONNX Runtime computes ten times as slowly over an axis in the middle.
  const variance = groupMeans(reduceSum(multiply(centred, centred), [1]))
  const normalised = multiply(centred, divide(scale, sqrt(add(variance, epsilon))))
  return reshape(add(normalised, bias), x.shape)
}
