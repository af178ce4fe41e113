/**
 * @file What every operator is in TensorFlow.js. The table holds only ops that its processor, WebAssembly and native
 * backends all have, so that one table serves every device.
 */
import type { Tensor as TfTensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { Op, OpAttributes } from '../graph/ir.ts'
import { at } from '../tensor/shape.ts'
import type { DType, Tensor } from '../tensor/tensor.ts'

/** The part of TensorFlow.js that each of its packages exports. */
export type Tf = typeof import('@tensorflow/tfjs-core')

/** The operators that compute; inputs and constants are the engine's to supply. */
type ComputingOp = Exclude<Op, 'input' | 'constant'>

type Operator<O extends Op> = (
  tf: Tf,
  inputs: readonly TfTensor[],
  attributes: OpAttributes[O],
) => TfTensor | TfTensor[]

type OperatorTable = { readonly [O in ComputingOp]: Operator<O> }

/** The outputs of one operator. They are tensors of their own, never an input itself. */
export function applyOperator<O extends ComputingOp>(
  tf: Tf,
  op: O,
  inputs: readonly TfTensor[],
  attributes: OpAttributes[O],
): TfTensor[] {
  const operator: Operator<O> = tfOperators[op]
  const result = operator(tf, inputs, attributes)
  return Array.isArray(result) ? result : [result]
}

/** Copies a tensor to the device. Bytes become int32, the smallest integers that all its ops take. */
export function toTfTensor(tf: Tf, { dtype, shape, data }: Tensor): TfTensor {
  return tf.tensor(data, [...shape], tfTypes[dtype])
}

const tfTypes = { float32: 'float32', int32: 'int32', uint8: 'int32' } as const satisfies Record<
  DType,
  string
>

type Unary = (tf: Tf, x: TfTensor) => TfTensor
type Binary = (tf: Tf, a: TfTensor, b: TfTensor) => TfTensor

const unary =
  (f: Unary) =>
  (tf: Tf, inputs: readonly TfTensor[]): TfTensor =>
    f(tf, at(inputs, 0))

const binary =
  (f: Binary) =>
  (tf: Tf, inputs: readonly TfTensor[]): TfTensor =>
    f(tf, at(inputs, 0), at(inputs, 1))

const tfOperators: OperatorTable = {
  add: binary((tf, a, b) => tf.add(a, b)),
  subtract: binary((tf, a, b) => tf.sub(a, b)),
  multiply: binary((tf, a, b) => tf.mul(a, b)),
  divide: binary((tf, a, b) => tf.div(a, b)),
  maximum: binary((tf, a, b) => tf.maximum(a, b)),
  equal: binary((tf, a, b) => tf.cast(tf.equal(a, b), 'float32')),

  exp: unary((tf, x) => tf.exp(x)),
  sqrt: unary((tf, x) => tf.sqrt(x)),
  erf: unary((tf, x) => tf.erf(x)),
  tanh: unary((tf, x) => tf.tanh(x)),
  sigmoid: unary((tf, x) => tf.sigmoid(x)),
  cast: (tf, inputs, { dtype }) => tf.cast(at(inputs, 0), tfTypes[dtype]),

  gelu: (tf, inputs, { variant }) => gelu[variant](tf, at(inputs, 0)),
  softmax: unary((tf, x) => tf.softmax(x)),
  logSoftmax: unary((tf, x) => tf.logSoftmax(x)),
  layerNorm,

  matmul: binary((tf, a, b) => tf.matMul(a, b)),
  gemm: (tf, inputs, { transposeA, transposeB }) => {
    const product = tf.matMul(at(inputs, 0), at(inputs, 1), transposeA, transposeB)
    return inputs.length > 2 ? tf.add(product, at(inputs, 2)) : product
  },
  conv,

  transpose: (tf, inputs, { perm }) => tf.transpose(at(inputs, 0), [...perm]),
  reshape: (tf, inputs, { shape }) => tf.reshape(at(inputs, 0), [...shape]),
  expand: (tf, inputs, { shape }) => tf.broadcastTo(at(inputs, 0), [...shape]),
  slice: (tf, inputs, { axis, start, end }) => {
    const { shape } = at(inputs, 0)
    return tf.slice(
      at(inputs, 0),
      shape.map((_, index) => (index === axis ? start : 0)),
      shape.map((size, index) => (index === axis ? end - start : size)),
    )
  },
  pad: (tf, inputs, { axis, before, after }) =>
    tf.pad(
      at(inputs, 0),
      at(inputs, 0).shape.map((_, index) => (index === axis ? [before, after] : [0, 0])),
    ),
  concat: (tf, inputs, { axis }) => tf.concat([...inputs], axis),
  reduceSum: (tf, inputs, { axes }) => tf.sum(at(inputs, 0), [...axes], true),
  reduceSumSquare: (tf, inputs, { axes }) => tf.sum(tf.square(at(inputs, 0)), [...axes], true),
  reduceMax: (tf, inputs, { axes }) => tf.max(at(inputs, 0), [...axes], true),
}

const gelu: Readonly<Record<OpAttributes['gelu']['variant'], Unary>> = {
  erf: (tf, x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  tanh: (tf, x) => {
    const cubic = tf.mul(tf.mul(tf.mul(x, x), x), 0.044715)
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(tf.add(x, cubic), Math.sqrt(2 / Math.PI))), 1))
  },
  quick: (tf, x) => tf.mul(x, tf.sigmoid(tf.mul(x, 1.702))),
}

// The images are zero-padded beforehand, because the native backend supports no explicit padding.
function conv(tf: Tf, inputs: readonly TfTensor[], { stride, pads }: OpAttributes['conv']): TfTensor {
  const [top, left, bottom, right] = pads
  const padded = tf.pad<Tensor4D>(at(inputs, 0) as Tensor4D, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ])
  const kernels = tf.transpose<Tensor4D>(at(inputs, 1) as Tensor4D, [2, 3, 1, 0])
  return tf.conv2d(padded, kernels, stride, 'valid')
}

function layerNorm(tf: Tf, inputs: readonly TfTensor[], { epsilon }: OpAttributes['layerNorm']): TfTensor[] {
  const [x, scale, bias] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)]
  const mean = tf.mean(x, -1, true)
  const centred = tf.sub(x, mean)
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon))
  return [tf.add(tf.mul(tf.mul(centred, inverse), scale), bias), mean, inverse]
}
