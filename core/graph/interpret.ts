/**
 * @file The oracle: executes a graph in float64 with the plainest possible loops. Far too slow for training; what
 * an engine computes is right when it agrees with this.
 */
import { invariant } from '../errors.ts'
import { at, sizeOf, stridesOf, type Shape } from '../tensor/shape.ts'
import type { NamedTensors } from '../tensor/tensor.ts'
import { resultsOf, topologicalOrder, type Graph, type Node, type Op, type OpAttributes } from './ir.ts'
import { broadcastShapes } from './shape-rules.ts'
import { erf, geluFunctions } from './special-functions.ts'

/** A tensor in float64, whatever its element type: rounding would hide errors of derivatives. */
export interface Exact {
  readonly shape: Shape
  readonly data: Float64Array
}

/**
 * Runs a graph.
 *
 * @param inputs a value for each feed and state, in the shape the graph declares
 * @returns the outputs and the updates by name
 */
export function interpret(
  graph: Graph,
  inputs: NamedTensors | ReadonlyMap<string, Exact>,
): Map<string, Exact> {
  const values = new Map<Node, Exact[]>()
  for (const node of topologicalOrder(resultsOf(graph))) {
    const operands = node.inputs.map((input) => at(values.get(input.node) ?? [], input.index))
    values.set(node, evaluate(node, operands, inputs))
  }
  const named = [...graph.outputs, ...graph.updates]
  return new Map(named.map(([name, value]) => [name, at(values.get(value.node) ?? [], value.index)]))
}

type InputValues = NamedTensors | ReadonlyMap<string, Exact>
type Evaluation<O extends Op> = (
  operands: readonly Exact[],
  attributes: OpAttributes[O],
  outputShape: Shape,
  inputs: InputValues,
) => Exact | Exact[]

function evaluate(node: Node, operands: readonly Exact[], inputs: InputValues): Exact[] {
  const evaluation = evaluations[node.op] as Evaluation<Op>
  const result = evaluation(operands, node.attributes, at(node.outputs, 0).shape, inputs)
  return Array.isArray(result) ? result : [result]
}

const unary =
  (f: (x: number) => number) =>
  ([x]: readonly Exact[]): Exact => {
    const { shape, data } = defined(x)
    return { shape, data: data.map(f) }
  }

const binary =
  (f: (x: number, y: number) => number) =>
  ([x, y]: readonly Exact[]): Exact => {
    const [a, b] = [defined(x), defined(y)]
    const shape = broadcastShapes(a.shape, b.shape)
    const readA = broadcastReader(a, shape)
    const readB = broadcastReader(b, shape)
    return generate(shape, (index) => f(readA(index), readB(index)))
  }

const evaluations: { readonly [O in Op]: Evaluation<O> } = {
  input: (_, { name, shape }, __, inputs) => {
    const value = inputs.get(name)
    invariant(value !== undefined, () => `no value for input ${name}`)
    invariant(value.data.length === sizeOf(shape), () => `input ${name} has ${value.data.length} values`)
    return { shape, data: Float64Array.from(value.data) }
  },
  constant: (_, { tensor }) => ({ shape: tensor.shape, data: Float64Array.from(tensor.data) }),

  add: binary((x, y) => x + y),
  subtract: binary((x, y) => x - y),
  multiply: binary((x, y) => x * y),
  divide: binary((x, y) => x / y),
  maximum: binary(Math.max),
  equal: binary((x, y) => (x === y ? 1 : 0)),

  exp: unary(Math.exp),
  sqrt: unary(Math.sqrt),
  erf: unary(erf),
  tanh: unary(Math.tanh),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  cast: ([x], { dtype }) => unary(dtype === 'float32' ? (v): number => v : Math.trunc)([defined(x)]),

  gelu: ([x], { variant }) => unary(geluFunctions[variant])([defined(x)]),
  softmax: ([x]) =>
    mapRows(defined(x), (row) => {
      const max = Math.max(...row)
      const powers = row.map((value) => Math.exp(value - max))
      const total = powers.reduce((sum, value) => sum + value, 0)
      return powers.map((value) => value / total)
    }),
  logSoftmax: ([x]) =>
    mapRows(defined(x), (row) => {
      const max = Math.max(...row)
      const total = row.reduce((sum, value) => sum + Math.exp(value - max), 0)
      return row.map((value) => value - max - Math.log(total))
    }),
  layerNorm: evaluateLayerNorm,

  matmul: evaluateMatmul,
  gemm: evaluateGemm,
  conv: evaluateConv,

  transpose: ([x], { perm }, shape) => {
    const { data, shape: from } = defined(x)
    const strides = stridesOf(from)
    return generate(shape, (index) => {
      let position = 0
      perm.forEach((axis, out) => (position += at(index, out) * at(strides, axis)))
      return at(data, position)
    })
  },
  reshape: ([x], _, shape) => ({ shape, data: defined(x).data }),
  expand: ([x], _, shape) => generate(shape, broadcastReader(defined(x), shape)),
  slice: ([x], { axis, start }, shape) => generate(shape, shiftedReader(defined(x), axis, start)),
  pad: ([x], { axis, before }, shape) => generate(shape, shiftedReader(defined(x), axis, -before)),
  concat: (operands, { axis }, shape) =>
    generate(shape, (index) => {
      let offset = at(index, axis)
      const source = operands.find((operand) => {
        if (offset < at(operand.shape, axis)) return true
        offset -= at(operand.shape, axis)
        return false
      })
      return shiftedReader(defined(source), axis, offset - at(index, axis))(index)
    }),
  reduceSum: ([x], _, shape) => reduce(defined(x), shape, 0, (total, value) => total + value),
  reduceSumSquare: ([x], _, shape) => reduce(defined(x), shape, 0, (total, value) => total + value * value),
  reduceMax: ([x], _, shape) => reduce(defined(x), shape, -Infinity, Math.max),
}

/** A tensor whose element at each index is `f(index)`. */
function generate(shape: Shape, f: (index: readonly number[]) => number): Exact {
  const data = new Float64Array(sizeOf(shape))
  const index = shape.map(() => 0)
  for (let position = 0; position < data.length; position++) {
    data[position] = f(index)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = at(index, axis) + 1
      if (at(index, axis) < at(shape, axis)) break
      index[axis] = 0
    }
  }
  return { shape, data }
}

/** Reads x at an index of a shape it broadcasts to. */
function broadcastReader(x: Exact, shape: Shape): (index: readonly number[]) => number {
  const strides = stridesOf(x.shape)
  const offset = shape.length - x.shape.length
  return (index) => {
    let position = 0
    x.shape.forEach((size, axis) => {
      if (size > 1) position += at(index, axis + offset) * at(strides, axis)
    })
    return at(x.data, position)
  }
}

/** Reads x at an index moved along one axis; outside of x there are zeros. */
function shiftedReader(x: Exact, axis: number, by: number): (index: readonly number[]) => number {
  const strides = stridesOf(x.shape)
  return (index) => {
    const moved = at(index, axis) + by
    if (moved < 0 || moved >= at(x.shape, axis)) return 0
    let position = by * at(strides, axis)
    index.forEach((i, k) => (position += i * at(strides, k)))
    return at(x.data, position)
  }
}

function reduce(x: Exact, shape: Shape, start: number, f: (a: number, b: number) => number): Exact {
  const result = { shape, data: new Float64Array(sizeOf(shape)).fill(start) }
  const strides = stridesOf(shape)
  let position = 0
  generate(x.shape, (index) => {
    let target = 0
    index.forEach((i, axis) => (target += at(shape, axis) === 1 ? 0 : i * at(strides, axis)))
    result.data[target] = f(at(result.data, target), at(x.data, position))
    position++
    return 0
  })
  return result
}

function mapRows(x: Exact, f: (row: number[]) => number[]): Exact {
  const width = at(x.shape, -1)
  const data = new Float64Array(x.data.length)
  for (let start = 0; start < data.length; start += width) {
    data.set(f([...x.data.subarray(start, start + width)]), start)
  }
  return { shape: x.shape, data }
}

function evaluateLayerNorm(
  [x, scale, bias]: readonly Exact[],
  { epsilon }: OpAttributes['layerNorm'],
): Exact[] {
  const input = defined(x)
  const width = at(input.shape, -1)
  const means: number[] = []
  const inverses: number[] = []
  const y = mapRows(input, (row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / width
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width
    const inverse = 1 / Math.sqrt(variance + epsilon)
    means.push(mean)
    inverses.push(inverse)
    return row.map((v, i) => (v - mean) * inverse * at(defined(scale).data, i) + at(defined(bias).data, i))
  })
  const shape = [...input.shape.slice(0, -1), 1]
  return [y, { shape, data: Float64Array.from(means) }, { shape, data: Float64Array.from(inverses) }]
}

function evaluateMatmul([x, y]: readonly Exact[], _: OpAttributes['matmul'], shape: Shape): Exact {
  const [a, b] = [defined(x), defined(y)]
  const [inner, rows, columns] = [at(a.shape, -1), at(shape, -2), at(shape, -1)]
  let position = 0
  return generate(shape, () => {
    const column = position % columns
    const row = Math.floor(position / columns) % rows
    const batch = Math.floor(position / columns / rows)
    position++
    let sum = 0
    for (let k = 0; k < inner; k++) {
      sum += at(a.data, (batch * rows + row) * inner + k) * at(b.data, (batch * inner + k) * columns + column)
    }
    return sum
  })
}

function evaluateGemm([x, y, bias]: readonly Exact[], attributes: OpAttributes['gemm'], shape: Shape): Exact {
  const a = attributes.transposeA ? transposed(defined(x)) : defined(x)
  const b = attributes.transposeB ? transposed(defined(y)) : defined(y)
  const product = evaluateMatmul([a, b], {}, shape)
  return bias === undefined ? product : binary((p, q) => p + q)([product, bias])
}

function evaluateConv(
  [x, kernels]: readonly Exact[],
  { stride, pads }: OpAttributes['conv'],
  shape: Shape,
): Exact {
  const [image, kernel] = [defined(x), defined(kernels)]
  const [height, width, channels] = [at(image.shape, 1), at(image.shape, 2), at(image.shape, 3)]
  const [kernelHeight, kernelWidth] = [at(kernel.shape, 2), at(kernel.shape, 3)]
  return generate(shape, ([batch = 0, top = 0, left = 0, output = 0]) => {
    let sum = 0
    for (let dy = 0; dy < kernelHeight; dy++) {
      for (let dx = 0; dx < kernelWidth; dx++) {
        const [row, column] = [top * stride + dy - pads[0], left * stride + dx - pads[1]]
        if (row < 0 || row >= height || column < 0 || column >= width) continue
        for (let channel = 0; channel < channels; channel++) {
          const pixel = ((batch * height + row) * width + column) * channels + channel
          const weight = ((output * channels + channel) * kernelHeight + dy) * kernelWidth + dx
          sum += at(image.data, pixel) * at(kernel.data, weight)
        }
      }
    }
    return sum
  })
}

function transposed(x: Exact): Exact {
  const [rows, columns] = [at(x.shape, 0), at(x.shape, 1)]
  return generate([columns, rows], ([column, row]) => at(x.data, (row ?? 0) * columns + (column ?? 0)))
}

function defined<T>(value: T | undefined): T {
  invariant(value !== undefined, () => 'an operator lacks an operand')
  return value
}
