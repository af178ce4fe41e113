/**
 * @file Random applications of every operator, for the tests that compare two ways of computing or differentiating
 * it. The table is typed by operator, so that a new one without cases does not compile.
 */
import * as fc from 'fast-check'

import { apply, feed, state } from '../../core/graph/build.ts'
import type { GeluVariant, Op, OpAttributes, Value } from '../../core/graph/ir.ts'
import { createRandom, uniform } from '../../core/tensor/random.ts'
import { at, sizeOf, type Shape } from '../../core/tensor/shape.ts'
import { byteTensor, floatTensor, type DType, type Tensor } from '../../core/tensor/tensor.ts'

/** One application: the operands' values and the attributes. */
export interface Application<Attributes> {
  readonly operands: readonly Tensor[]
  readonly attributes: Attributes
}

export type OpInstance = Application<OpAttributes[Op]>

type Instances<Attributes> = fc.Arbitrary<Application<Attributes>>

/** An application as graph values, with the numbers its inputs need. */
export interface BuiltCase {
  readonly operands: readonly Value[]
  readonly outputs: readonly Value[]
  readonly values: ReadonlyMap<string, Tensor>
}

const shapes = (minRank: number, maxRank = 4): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: minRank, maxLength: maxRank })

const seeds = fc.noShrink(fc.nat())

/** Random numbers between two bounds, as a tensor of this shape. */
const tensors = (shape: Shape, low = -2, high = 2): fc.Arbitrary<Tensor> =>
  seeds.map((seed) => {
    const random = createRandom(seed)
    const draw = (): number => low + (high - low) * uniform(random)
    return floatTensor(shape, Float32Array.from({ length: sizeOf(shape) }, draw))
  })

const bytes = (shape: Shape): fc.Arbitrary<Tensor> =>
  seeds.map((seed) => {
    const random = createRandom(seed)
    return byteTensor(
      shape,
      Uint8Array.from({ length: sizeOf(shape) }, () => 256 * uniform(random)),
    )
  })

/** Numbers or bytes, for the operators that only move elements. */
const anyTensors = (shape: Shape): fc.Arbitrary<Tensor> => fc.oneof(tensors(shape), bytes(shape))

/** A tensor whose elements are moved away from zero by `distance`. */
const awayFromZero = (shape: Shape, distance: number): fc.Arbitrary<Tensor> =>
  tensors(shape).map(({ data }) =>
    floatTensor(
      shape,
      Float32Array.from(data, (x) => (x < 0 ? x - distance : x + distance)),
    ),
  )

/** Small integers, so that some of them are equal. */
const integers = (shape: Shape): fc.Arbitrary<Tensor> =>
  tensors(shape).map(({ data }) => floatTensor(shape, Float32Array.from(data, Math.round)))

/** Multiples of 0.1, moved by an offset. */
const roundedTo = (shape: Shape, offset: number): fc.Arbitrary<Tensor> =>
  tensors(shape).map(({ data }) =>
    floatTensor(
      shape,
      Float32Array.from(data, (x) => Math.round(x * 10) / 10 + offset),
    ),
  )

/** Numbers whose rows rise by steps, so that no row is so uniform that its normalisation is ill-conditioned. */
const unevenRows = (shape: Shape): fc.Arbitrary<Tensor> =>
  tensors(shape, -0.3, 0.3).map(({ data }) => {
    const width = at(shape, -1)
    return floatTensor(
      shape,
      Float32Array.from(data, (x, index) => x + 0.7 * (index % width)),
    )
  })

/** A shape that broadcasts to `shape`: some leading axes missing, some sizes 1. */
const broadcastable = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(fc.nat({ max: shape.length }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([missing, kept]) => shape.slice(missing).map((size, axis) => (kept[axis] === true ? size : 1)))

type TensorsOf = (shape: Shape) => fc.Arbitrary<Tensor>
type NoAttributes = Readonly<Record<never, never>>

const unary = (low: number, high: number, minRank = 0): Instances<NoAttributes> =>
  shapes(minRank)
    .chain((shape) => tensors(shape, low, high))
    .map((x) => ({ operands: [x], attributes: {} }))

const binary = (left: TensorsOf = tensors, right: TensorsOf = left): Instances<NoAttributes> =>
  shapes(0)
    .chain((shape) => fc.tuple(broadcastable(shape), broadcastable(shape)))
    .chain(([a, b]) => fc.tuple(left(a), right(b)))
    .map((operands) => ({ operands, attributes: {} }))

/** An operator on one operand whose attributes depend on the operand's shape. */
function withAttributes<Attributes>(
  operands: TensorsOf,
  attributesOf: (shape: Shape) => fc.Arbitrary<Attributes>,
): Instances<Attributes> {
  return shapes(1)
    .chain((shape) => fc.tuple(operands(shape), attributesOf(shape)))
    .map(([x, attributes]) => ({ operands: [x], attributes }))
}

const small = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })

const axisOf = (shape: Shape): fc.Arbitrary<number> => fc.nat({ max: shape.length - 1 })

const reducing: Instances<OpAttributes['reduceSum']> = withAttributes(
  (shape) => tensors(shape),
  (shape) => fc.subarray([...shape.keys()], { minLength: 1 }).map((axes) => ({ axes })),
)

const geluVariants: readonly GeluVariant[] = ['erf', 'tanh', 'quick']

/** Every size of the shape either kept as an axis or merged into the axis before it. */
const regrouped = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(
      fc.shuffledSubarray([...shape], { minLength: shape.length }),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    )
    .map(([sizes, merged]) => {
      const result: number[] = []
      for (const [axis, size] of sizes.entries()) {
        const last = result.pop()
        if (last === undefined) result.push(size)
        else if (merged[axis] === true) result.push(last * size)
        else result.push(last, size)
      }
      return result
    })

const matrices = fc.tuple(
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 6 }),
)

/** The table. */
const opCases: { readonly [O in Op]: Instances<OpAttributes[O]> } = {
  input: shapes(0)
    .chain(anyTensors)
    .map((x) => ({
      operands: [x],
      attributes: { name: 'unused', kind: 'feed', shape: x.shape, dtype: x.dtype },
    })),
  constant: shapes(0)
    .chain(anyTensors)
    .map((tensor) => ({ operands: [], attributes: { tensor } })),

  add: binary(),
  subtract: binary(),
  multiply: binary(),
  divide: binary(tensors, (shape) => awayFromZero(shape, 0.5)),
  // Never so close to each other that a finite difference crosses the edge.
  maximum: binary(
    (shape) => roundedTo(shape, 0),
    (shape) => roundedTo(shape, 0.05),
  ),
  equal: binary(integers),

  exp: unary(-3, 3),
  sqrt: unary(0.1, 5),
  erf: unary(-3, 3),
  tanh: unary(-3, 3),
  sigmoid: unary(-6, 6),
  cast: withAttributes(
    (shape) => fc.oneof(bytes(shape), tensors(shape, 0, 255)),
    () => fc.constantFrom<DType>('float32', 'int32', 'uint8').map((dtype) => ({ dtype })),
  ),

  gelu: withAttributes(
    (shape) => tensors(shape, -4, 4),
    () => fc.constantFrom(...geluVariants).map((variant) => ({ variant })),
  ),
  softmax: unary(-5, 5, 1),
  logSoftmax: unary(-20, 20, 1),
  layerNorm: fc
    .tuple(shapes(1), fc.constantFrom(1e-6, 1e-5, 1e-3))
    .chain(([shape, epsilon]) => {
      const parameter = tensors([at(shape, -1)])
      return fc.tuple(unevenRows(shape), parameter, parameter, fc.constant({ epsilon }))
    })
    .map(([x, scale, bias, attributes]) => ({ operands: [x, scale, bias], attributes })),

  matmul: fc
    .tuple(matrices, shapes(0, 2))
    .chain(([[rows, inner, columns], batch]) =>
      fc.tuple(tensors([...batch, rows, inner]), tensors([...batch, inner, columns])),
    )
    .map((operands) => ({ operands, attributes: {} })),
  gemm: fc
    .tuple(matrices, fc.boolean(), fc.boolean(), fc.boolean())
    .chain(([[rows, inner, columns], transposeA, transposeB, hasBias]) =>
      fc.tuple(
        tensors(transposeA ? [inner, rows] : [rows, inner]),
        tensors(transposeB ? [columns, inner] : [inner, columns]),
        fc.constant({ transposeA, transposeB }),
        hasBias ? tensors([columns]) : fc.constant(null),
      ),
    )
    .map(([a, b, attributes, bias]) => ({ operands: bias === null ? [a, b] : [a, b, bias], attributes })),

  conv: fc
    .record({
      images: fc.tuple(small(2), small(6), small(6), small(3)),
      outputs: small(3),
      kernel: fc.tuple(small(4), small(4)),
      stride: small(3),
    })
    .chain(({ images, outputs, kernel: [height, width], stride }) => {
      const pads = fc.tuple(...[height, width, height, width].map((size) => fc.nat({ max: size - 1 })))
      const kernels = [outputs, images[3], height, width]
      return fc.record({
        images: tensors(images),
        kernels: tensors(kernels),
        stride: fc.constant(stride),
        pads,
      })
    })
    .filter(({ images, kernels, pads: [top = 0, left = 0, bottom = 0, right = 0] }) => {
      const room = (axis: number): number => at(images.shape, 1 + axis) - at(kernels.shape, 2 + axis)
      return room(0) + top + bottom >= 0 && room(1) + left + right >= 0
    })
    .map(({ images, kernels, stride, pads: [top = 0, left = 0, bottom = 0, right = 0] }) => ({
      operands: [images, kernels],
      attributes: { stride, pads: [top, left, bottom, right] },
    })),

  transpose: withAttributes(anyTensors, (shape) => {
    const axes = [...shape.keys()]
    return fc.shuffledSubarray(axes, { minLength: axes.length }).map((perm) => ({ perm }))
  }),
  reshape: withAttributes(anyTensors, (shape) => regrouped(shape).map((to) => ({ shape: to }))),
  expand: shapes(1)
    .chain((shape) => fc.tuple(broadcastable(shape), fc.constant({ shape })))
    .chain(([from, attributes]) => fc.tuple(tensors(from), fc.constant(attributes)))
    .map(([x, attributes]) => ({ operands: [x], attributes })),
  slice: withAttributes(
    (shape) => tensors(shape),
    (shape) =>
      axisOf(shape).chain((axis) => {
        const bound = fc.nat({ max: at(shape, axis) })
        return fc
          .tuple(bound, bound)
          .filter(([a, b]) => a !== b)
          .map(([a, b]) => ({ axis, start: Math.min(a, b), end: Math.max(a, b) }))
      }),
  ),
  pad: withAttributes(
    (shape) => tensors(shape),
    (shape) => fc.record({ axis: axisOf(shape), before: fc.nat({ max: 2 }), after: fc.nat({ max: 2 }) }),
  ),
  concat: shapes(1)
    .chain((shape) => fc.tuple(fc.constant(shape), axisOf(shape), shapes(1, 3)))
    .chain(([shape, axis, sizes]) =>
      fc.tuple(fc.tuple(...sizes.map((size) => tensors(shape.with(axis, size)))), fc.constant({ axis })),
    )
    .map(([operands, attributes]) => ({ operands, attributes })),
  reduceSum: reducing,
  reduceSumSquare: reducing,
  reduceMax: reducing,
}

/** The names of all operators. */
export const allOps = Object.keys(opCases) as Op[]

/** A fixed sample of an operator's instances; with this seed the first eight show every GELU and every gemm. */
export function sampleInstances(op: Op, count: number): OpInstance[] {
  return fc.sample(fc.noBias(instancesOf(op)), { numRuns: count, seed: 1 })
}

/** An operator's instances. */
export function instancesOf(op: Op): fc.Arbitrary<OpInstance> {
  return opCases[op] as fc.Arbitrary<OpInstance>
}

/** Applies an operator to inputs named `prefix/0`, `prefix/1`, …: float32 ones are state, bytes are fed. */
export function buildCase(op: Op, { operands, attributes }: OpInstance, prefix = 'x'): BuiltCase {
  const values = new Map(operands.map((tensor, index) => [`${prefix}/${index}`, tensor]))
  const inputs = [...values].map(([name, { shape, dtype }]) =>
    dtype === 'float32' ? state(name, shape) : feed(name, shape, dtype),
  )
  const outputs = op === 'input' ? inputs : apply(op, inputs, attributes)
  return { operands: inputs, outputs, values }
}
