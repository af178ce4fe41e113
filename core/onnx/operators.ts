/** @file One table: what each operator of the graph is in ONNX. */
import { at } from '../tensor/shape.ts'
import type { DType } from '../tensor/tensor.ts'
import type { Op, OpAttributes } from '../graph/ir.ts'
import { elementTypes, type AttributeValue } from './model.ts'

/** What a lowering rule may use to write its nodes. */
export interface LoweringContext<O extends Op> {
  readonly attributes: OpAttributes[O]
  readonly inputs: readonly string[]
  /** Names of the node's outputs; `''` if nothing reads one. */
  readonly outputs: readonly string[]
  readonly rank: number
  /** Element type of the first output. */
  readonly dtype: DType
  /** Whether the model is for the WebGPU provider, which lacks some kernels and is slow in others. */
  readonly forWebgpu: boolean
  /** Writes a node whose result goes to `outputs`, or to a new name. */
  emit(
    operator: string,
    inputs: readonly string[],
    attributes?: Record<string, AttributeValue>,
    outputs?: readonly string[],
  ): string
  /** A constant list of integers. */
  integers(values: readonly number[]): string
  /** A constant float32 scalar. */
  float(value: number): string
}

type Lowering<O extends Op> = (context: LoweringContext<O>) => void

const same =
  (operator: string): Lowering<Op> =>
  ({ emit, inputs, outputs }) =>
    void emit(operator, inputs, {}, outputs)

const reducing =
  (operator: string): Lowering<'reduceSum' | 'reduceSumSquare' | 'reduceMax'> =>
  ({ emit, integers, inputs, outputs, attributes: { axes } }) =>
    void emit(operator, [at(inputs, 0), integers(axes)], { keepdims: int(1) }, outputs)

/** Operators that become nodes; inputs and constants become names in ONNX. */
export type LoweredOp = Exclude<Op, 'input' | 'constant'>

/** The table. */
export const lowerings: { readonly [O in LoweredOp]: Lowering<O> } = {
  add: same('Add'),
  subtract: same('Sub'),
  multiply: same('Mul'),
  divide: same('Div'),
  maximum: same('Max'),
  equal: ({ emit, inputs, outputs }) => {
    emit('Cast', [emit('Equal', inputs)], { to: int(elementTypes.float32) }, outputs)
  },

  exp: same('Exp'),
  sqrt: same('Sqrt'),
  erf: same('Erf'),
  tanh: same('Tanh'),
  sigmoid: same('Sigmoid'),
  cast: ({ emit, inputs, outputs, attributes: { dtype } }) => {
    emit('Cast', inputs, { to: int(elementTypes[dtype]) }, outputs)
  },

  gelu: ({ emit, float, inputs, outputs, attributes: { variant } }) => {
    const x = at(inputs, 0)
    if (variant === 'quick') {
      emit('Mul', [x, emit('Sigmoid', [emit('Mul', [x, float(1.702)])])], {}, outputs)
    } else {
      const approximate = variant === 'tanh' ? 'tanh' : 'none'
      emit('Gelu', inputs, { approximate: { type: 'string', value: approximate } }, outputs)
    }
  },
  softmax: ({ emit, inputs, outputs }) => void emit('Softmax', inputs, { axis: int(-1) }, outputs),
  // Written out, because ONNX's LogSoftmax has no kernel in the WebGPU provider.
  logSoftmax: ({ emit, integers, inputs, outputs }) => {
    const last = integers([-1])
    const keep = { keepdims: int(1) }
    const shifted = emit('Sub', [at(inputs, 0), emit('ReduceMax', [at(inputs, 0), last], keep)])
    const total = emit('ReduceSum', [emit('Exp', [shifted]), last], keep)
    emit('Sub', [shifted, emit('Log', [total])], {}, outputs)
  },
  layerNorm: ({ emit, inputs, outputs, attributes: { epsilon } }) => {
    const attributes = { axis: int(-1), epsilon: { type: 'float', value: epsilon } as const }
    const read = outputs[1] === '' && outputs[2] === '' ? outputs.slice(0, 1) : outputs
    emit('LayerNormalization', inputs, attributes, read)
  },

  matmul: same('MatMul'),
  gemm: ({ emit, inputs, outputs, attributes: { transposeA, transposeB } }) => {
    emit('Gemm', inputs, { transA: int(Number(transposeA)), transB: int(Number(transposeB)) }, outputs)
  },

  // ONNX has channels first; ONNX Runtime's optimiser removes the transposes that meet.
  conv: ({ emit, inputs, outputs, attributes: { stride, pads } }) => {
    const channelsFirst = emit('Transpose', [at(inputs, 0)], { perm: ints([0, 3, 1, 2]) })
    const attributes = { strides: ints([stride, stride]), pads: ints(pads) }
    const result = emit('Conv', [channelsFirst, at(inputs, 1)], attributes)
    emit('Transpose', [result], { perm: ints([0, 2, 3, 1]) }, outputs)
  },

  transpose: ({ emit, inputs, outputs, dtype, forWebgpu, attributes: { perm } }) => {
    const attributes = { perm: ints(perm) }
    if (dtype !== 'uint8' || !forWebgpu) emit('Transpose', inputs, attributes, outputs)
    else {
      const wide = emit('Cast', inputs, { to: int(elementTypes.float32) })
      emit('Cast', [emit('Transpose', [wide], attributes)], { to: int(elementTypes.uint8) }, outputs)
    }
  },
  // The first size is left to be inferred, which keeps the batch size of an exported model dynamic.
  reshape: ({ emit, integers, inputs, outputs, attributes: { shape } }) => {
    const sizes = shape.map((size, axis) => (axis === 0 ? -1 : size))
    emit('Reshape', [at(inputs, 0), integers(sizes)], {}, outputs)
  },
  expand: ({ emit, integers, inputs, outputs, attributes: { shape } }) => {
    emit('Expand', [at(inputs, 0), integers(shape)], {}, outputs)
  },
  slice: ({ emit, integers, inputs, outputs, attributes: { axis, start, end } }) => {
    emit('Slice', [at(inputs, 0), integers([start]), integers([end]), integers([axis])], {}, outputs)
  },
  pad: ({ emit, integers, inputs, outputs, rank, attributes: { axis, before, after } }) => {
    const pads = new Array<number>(2 * rank).fill(0)
    pads[axis] = before
    pads[axis + rank] = after
    emit('Pad', [at(inputs, 0), integers(pads)], {}, outputs)
  },
  concat: ({ emit, inputs, outputs, attributes: { axis } }) => {
    emit('Concat', inputs, { axis: int(axis) }, outputs)
  },
  reduceSum: reducing('ReduceSum'),
  // On WebGPU a reduction of everything runs in one workgroup, so rows are reduced first and then their sums.
  reduceSumSquare: (context) => {
    const { emit, integers, inputs, outputs, rank, forWebgpu, attributes } = context
    if (!forWebgpu || rank < 2 || attributes.axes.length < rank) reducing('ReduceSumSquare')(context)
    else {
      const rows = emit('ReduceSumSquare', [at(inputs, 0), integers([rank - 1])], { keepdims: int(1) })
      emit('ReduceSum', [rows, integers(attributes.axes)], { keepdims: int(1) }, outputs)
    }
  },
  reduceMax: reducing('ReduceMax'),
}

function ints(value: readonly number[]): AttributeValue {
  return { type: 'ints', value }
}

function int(value: number): AttributeValue {
  return { type: 'int', value }
}
