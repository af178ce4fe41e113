/** @file Functions that make graph values; they read like the formulas. */
import { invariant } from '../errors.ts'
import { at, sameShape, type Shape } from '../tensor/shape.ts'
import { scalar, type DType, type Tensor } from '../tensor/tensor.ts'
import type { GeluVariant, Node, Op, OpAttributes, OutputType, Value } from './ir.ts'
import { shapeRules } from './shape-rules.ts'

/** Applies an operator: checks the shapes and gives all outputs. */
export function apply<O extends Op>(op: O, inputs: readonly Value[], attributes: OpAttributes[O]): Value[] {
  const outputs: OutputType[] = shapeRules[op](inputs, attributes)
  const node: Node<O> = { op, attributes, inputs, outputs }
  return outputs.map(({ shape, dtype }, index) => ({ node, index, shape, dtype }))
}

function single<O extends Op>(op: O, inputs: readonly Value[], attributes: OpAttributes[O]): Value {
  return at(apply(op, inputs, attributes), 0)
}

/** A tensor the caller feeds at each run. */
export function feed(name: string, shape: Shape, dtype: DType = 'float32'): Value {
  return single('input', [], { name, kind: 'feed', shape, dtype })
}

/** A tensor that stays on the device between runs. */
export function state(name: string, shape: Shape): Value {
  return single('input', [], { name, kind: 'state', shape, dtype: 'float32' })
}

/** A value known when the graph is built. */
export function constant(tensor: Tensor): Value {
  return single('constant', [], { tensor })
}

type Operand = Value | number

function operand(value: Operand): Value {
  return typeof value === 'number' ? constant(scalar(value)) : value
}

/** a + b */
export function add(a: Operand, b: Operand): Value {
  return single('add', [operand(a), operand(b)], {})
}

/** a − b */
export function subtract(a: Operand, b: Operand): Value {
  return single('subtract', [operand(a), operand(b)], {})
}

/** a·b, elementwise */
export function multiply(a: Operand, b: Operand): Value {
  return single('multiply', [operand(a), operand(b)], {})
}

/** a / b, elementwise */
export function divide(a: Operand, b: Operand): Value {
  return single('divide', [operand(a), operand(b)], {})
}

/** max(a, b), elementwise; where both are equal the gradient is a's */
export function maximum(a: Operand, b: Operand): Value {
  return single('maximum', [operand(a), operand(b)], {})
}

/** max(0, x), with derivative 0 at 0 */
export const relu = (x: Value): Value => maximum(0, x)

/** 1 where a = b, else 0; not differentiable */
export function equal(a: Operand, b: Operand): Value {
  return single('equal', [operand(a), operand(b)], {})
}

/** eˣ */
export const exp = (x: Value): Value => single('exp', [x], {})
/** √x */
export const sqrt = (x: Value): Value => single('sqrt', [x], {})
/** Error function */
export const erf = (x: Value): Value => single('erf', [x], {})
/** Hyperbolic tangent */
export const tanh = (x: Value): Value => single('tanh', [x], {})
/** 1 / (1 + e⁻ˣ) */
export const sigmoid = (x: Value): Value => single('sigmoid', [x], {})

/** The same numbers in another element type. */
export function cast(x: Value, dtype: DType): Value {
  return single('cast', [x], { dtype })
}

/** The activation of the MLP. */
export function gelu(x: Value, variant: GeluVariant): Value {
  return single('gelu', [x], { variant })
}

/** Softmax over the last axis. */
export const softmax = (x: Value): Value => single('softmax', [x], {})
/** Logarithm of the softmax over the last axis, without overflow. */
export const logSoftmax = (x: Value): Value => single('logSoftmax', [x], {})

/** Layer normalisation over the last axis; scale and bias are [width]. */
export function layerNorm(x: Value, scale: Value, bias: Value, epsilon: number): Value {
  return single('layerNorm', [x, scale, bias], { epsilon })
}

/** a·b of the last two axes; leading axes equal. */
export function matmul(a: Value, b: Value): Value {
  return single('matmul', [a, b], {})
}

/** op(a)·op(b) + bias of two matrices. */
export function gemm(
  a: Value,
  b: Value,
  { transposeA = false, transposeB = false, bias }: GemmOptions = {},
): Value {
  const inputs = bias === undefined ? [a, b] : [a, b, bias]
  return single('gemm', inputs, { transposeA, transposeB })
}

interface GemmOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  readonly bias?: Value | undefined
}

/** Images [B, H, W, C] under kernels [O, C, kh, kw]; `pads` are zeros at the top, left, bottom and right. */
export function conv(x: Value, kernels: Value, attributes: OpAttributes['conv']): Value {
  return single('conv', [x, kernels], attributes)
}

/** Axis i of the result is axis perm[i] of x. */
export function transpose(x: Value, perm: readonly number[]): Value {
  return single('transpose', [x], { perm })
}

/** Swaps the last two axes. */
export function swapLastAxes(x: Value): Value {
  const rank = x.shape.length
  const perm = x.shape.map((_, axis) => axis)
  perm[rank - 2] = rank - 1
  perm[rank - 1] = rank - 2
  return transpose(x, perm)
}

/** The same elements in another shape. */
export function reshape(x: Value, shape: Shape): Value {
  return single('reshape', [x], { shape })
}

/** Broadcasts x to `shape`. */
export function expand(x: Value, shape: Shape): Value {
  return single('expand', [x], { shape })
}

/** Elements start ≤ i < end of one axis. */
export function slice(x: Value, axis: number, start: number, end: number): Value {
  return single('slice', [x], { axis, start, end })
}

/** Zeros before and after x along one axis. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  return single('pad', [x], { axis, before, after })
}

/** Joins along one axis. */
export function concat(values: readonly Value[], axis: number): Value {
  invariant(values.length > 0, () => 'concat of nothing')
  return single('concat', values, { axis })
}

/** Sum over `axes`, which stay with size 1. */
export function reduceSum(x: Value, axes: readonly number[]): Value {
  return single('reduceSum', [x], { axes })
}

/** Sum of squares over `axes`, which stay with size 1. */
export function reduceSumSquare(x: Value, axes: readonly number[]): Value {
  return single('reduceSumSquare', [x], { axes })
}

/** Maximum over `axes`, which stay with size 1; not differentiable. */
export function reduceMax(x: Value, axes: readonly number[]): Value {
  return single('reduceMax', [x], { axes })
}

/** Sum of all elements, as a scalar. */
export function sumAll(x: Value): Value {
  return reshape(
    reduceSum(
      x,
      x.shape.map((_, axis) => axis),
    ),
    [],
  )
}

/** x summed over the axes along which `shape` was broadcast, in that shape. */
export function sumTo(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  const offset = x.shape.length - shape.length
  const axes = x.shape.flatMap((size, axis) => ((shape[axis - offset] ?? 1) === size ? [] : [axis]))
  const summed = axes.length === 0 ? x : reduceSum(x, axes)
  return reshape(summed, shape)
}
