/** @file The shape rule of every operator: what it accepts, and the shapes and types of its outputs. */
import { invariant } from '../errors.ts'
import { at, sameShape, showShape, sizeOf, type Shape } from '../tensor/shape.ts'
import type { Op, OpAttributes, OutputType, Value } from './ir.ts'

type ShapeRule<O extends Op> = (inputs: readonly Value[], attributes: OpAttributes[O]) => OutputType[]

const elementwise = (inputs: readonly Value[]): OutputType[] => {
  const x = at(inputs, 0)
  return [{ shape: x.shape, dtype: x.dtype }]
}

const broadcasting = (inputs: readonly Value[]): OutputType[] => {
  const a = at(inputs, 0)
  const b = at(inputs, 1)
  invariant(a.dtype === b.dtype, () => `operands of types ${a.dtype} and ${b.dtype}`)
  return [{ shape: broadcastShapes(a.shape, b.shape), dtype: a.dtype }]
}

const reducing = (inputs: readonly Value[], { axes }: { axes: readonly number[] }): OutputType[] => {
  const x = at(inputs, 0)
  for (const axis of axes) checkAxis(x.shape, axis)
  return [{ shape: x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)), dtype: x.dtype }]
}

/** The table. Each rule checks its inputs, because a wrong shape is easiest to understand where it arises. */
export const shapeRules: { readonly [O in Op]: ShapeRule<O> } = {
  input: (_, { shape, dtype }) => [{ shape, dtype }],
  constant: (_, { tensor }) => [{ shape: tensor.shape, dtype: tensor.dtype }],

  add: broadcasting,
  subtract: broadcasting,
  multiply: broadcasting,
  divide: broadcasting,
  maximum: broadcasting,
  equal: (inputs) => broadcasting(inputs).map(({ shape }) => ({ shape, dtype: 'float32' })),

  exp: elementwise,
  sqrt: elementwise,
  erf: elementwise,
  tanh: elementwise,
  sigmoid: elementwise,
  cast: (inputs, { dtype }) => [{ shape: at(inputs, 0).shape, dtype }],

  gelu: elementwise,
  softmax: elementwise,
  logSoftmax: elementwise,
  layerNorm: layerNormShapes,

  matmul: matmulShapes,
  gemm: gemmShapes,
  conv: convShapes,

  transpose: (inputs, { perm }) => {
    const x = at(inputs, 0)
    const valid = [...perm].sort((a, b) => a - b).every((axis, position) => axis === position)
    invariant(valid && perm.length === x.shape.length, () => `perm [${perm.join()}] of ${showShape(x.shape)}`)
    return [{ shape: perm.map((axis) => at(x.shape, axis)), dtype: x.dtype }]
  },
  reshape: (inputs, { shape }) => {
    const x = at(inputs, 0)
    invariant(sizeOf(shape) === sizeOf(x.shape), () => `reshape ${showShape(x.shape)} to ${showShape(shape)}`)
    return [{ shape, dtype: x.dtype }]
  },
  expand: (inputs, { shape }) => {
    const x = at(inputs, 0)
    const fits = sameShape(broadcastShapes(x.shape, shape), shape)
    invariant(fits, () => `expand ${showShape(x.shape)} to ${showShape(shape)}`)
    return [{ shape, dtype: x.dtype }]
  },
  slice: (inputs, { axis, start, end }) => {
    const x = at(inputs, 0)
    checkAxis(x.shape, axis)
    const valid = start >= 0 && start < end && end <= at(x.shape, axis)
    invariant(valid, () => `slice ${start}..${end} of axis ${axis} of ${showShape(x.shape)}`)
    return [{ shape: withAxis(x.shape, axis, end - start), dtype: x.dtype }]
  },
  pad: (inputs, { axis, before, after }) => {
    const x = at(inputs, 0)
    checkAxis(x.shape, axis)
    return [{ shape: withAxis(x.shape, axis, before + at(x.shape, axis) + after), dtype: x.dtype }]
  },
  concat: concatShapes,
  reduceSum: reducing,
  reduceSumSquare: reducing,
  reduceMax: reducing,
}

/** The shape two operands share after broadcasting. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const sizeA = a[axis - rank + a.length] ?? 1
    const sizeB = b[axis - rank + b.length] ?? 1
    invariant(
      sizeA === sizeB || sizeA === 1 || sizeB === 1,
      () => `shapes ${showShape(a)} and ${showShape(b)} do not broadcast`,
    )
    return sizeA === 1 ? sizeB : sizeA
  })
}

function withAxis(shape: Shape, axis: number, size: number): Shape {
  return shape.map((old, index) => (index === axis ? size : old))
}

function checkAxis(shape: Shape, axis: number): void {
  invariant(axis >= 0 && axis < shape.length, () => `axis ${axis} of ${showShape(shape)}`)
}

function layerNormShapes(inputs: readonly Value[]): OutputType[] {
  const x = at(inputs, 0)
  const width = at(x.shape, -1)
  for (const parameter of inputs.slice(1)) {
    invariant(
      sameShape(parameter.shape, [width]),
      () => `layerNorm of ${showShape(x.shape)} with a parameter ${showShape(parameter.shape)}`,
    )
  }
  const statistics: OutputType = { shape: withAxis(x.shape, x.shape.length - 1, 1), dtype: x.dtype }
  return [{ shape: x.shape, dtype: x.dtype }, statistics, statistics]
}

function matmulShapes(inputs: readonly Value[]): OutputType[] {
  const a = at(inputs, 0)
  const b = at(inputs, 1)
  const fits =
    a.shape.length === b.shape.length &&
    a.shape.length >= 2 &&
    sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2)) &&
    at(a.shape, -1) === at(b.shape, -2)
  invariant(fits, () => `matmul of ${showShape(a.shape)} and ${showShape(b.shape)}`)
  return [{ shape: [...a.shape.slice(0, -1), at(b.shape, -1)], dtype: a.dtype }]
}

function gemmShapes(inputs: readonly Value[], attributes: OpAttributes['gemm']): OutputType[] {
  const [a, b, bias] = [at(inputs, 0), at(inputs, 1), inputs[2]]
  invariant(
    a.shape.length === 2 && b.shape.length === 2,
    () => `gemm of ${showShape(a.shape)}, ${showShape(b.shape)}`,
  )
  const [rows, innerA] = attributes.transposeA ? [...a.shape].reverse() : a.shape
  const [innerB, columns] = attributes.transposeB ? [...b.shape].reverse() : b.shape
  invariant(
    innerA === innerB && rows !== undefined && columns !== undefined,
    () =>
      `gemm of ${showShape(a.shape)} and ${showShape(b.shape)}: inner sizes ${innerA} and ${innerB} differ`,
  )
  invariant(
    bias === undefined || sameShape(bias.shape, [columns]),
    () => `gemm bias ${showShape(bias?.shape ?? [])} for ${columns} columns`,
  )
  return [{ shape: [rows, columns], dtype: a.dtype }]
}

function convShapes(inputs: readonly Value[], { stride, pads }: OpAttributes['conv']): OutputType[] {
  const [x, kernel] = [at(inputs, 0), at(inputs, 1)]
  const valid = x.shape.length === 4 && kernel.shape.length === 4 && at(x.shape, 3) === at(kernel.shape, 1)
  invariant(valid, () => `conv of ${showShape(x.shape)} with kernels ${showShape(kernel.shape)}`)
  const [height, width] = [0, 1].map((axis) => {
    const size = at(kernel.shape, 2 + axis)
    const [before, after] = [at(pads, axis), at(pads, 2 + axis)]
    const room = before + at(x.shape, 1 + axis) + after - size
    invariant(
      room >= 0 && before < size,
      () => `conv of ${showShape(x.shape)} with kernels ${showShape(kernel.shape)} and pads ${pads.join()}`,
    )
    return Math.floor(room / stride) + 1
  })
  return [{ shape: [at(x.shape, 0), height ?? 0, width ?? 0, at(kernel.shape, 0)], dtype: x.dtype }]
}

function concatShapes(inputs: readonly Value[], { axis }: OpAttributes['concat']): OutputType[] {
  const first = at(inputs, 0)
  checkAxis(first.shape, axis)
  let total = 0
  for (const input of inputs) {
    const fits = sameShape(withAxis(input.shape, axis, 0), withAxis(first.shape, axis, 0))
    invariant(fits, () => `concat of ${showShape(first.shape)} and ${showShape(input.shape)} on axis ${axis}`)
    total += at(input.shape, axis)
  }
  return [{ shape: withAxis(first.shape, axis, total), dtype: first.dtype }]
}
