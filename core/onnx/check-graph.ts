/**
 * @file What a stranger's graph would compute, from the shapes of its values alone, before anything runs it: every operator is one
 * that models of ours have, and neither a value nor the arithmetic is beyond that of the largest models.
 */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { isWithinLimits, perElement, timesOfImage } from '../tensor/compute-limits.ts'
import type { Outline, OutlinedNode } from './outline.ts'

type Shape = readonly number[]

/** What one image takes. */
export interface GraphCost {
  /** As in `ComputeCost`. */
  readonly largest: number
  readonly operations: number
  readonly outputShape: Shape
}

/** How a node makes the shape of its first output; `integers` gives the values of a constant. */
type Rule = (
  inputs: readonly Shape[],
  node: OutlinedNode,
  integers: (input: number) => readonly number[],
) => Shape

const same: Rule = ([x = []]) => x
const broadcast: Rule = ([a = [], b = []]) => broadcastShape(a, b)

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...['Identity', 'Exp', 'Sqrt', 'Erf', 'Tanh', 'Sigmoid', 'Log', 'Cast', 'Gelu', 'Softmax'].map(
    (name): [string, Rule] => [name, same],
  ),
  ['LayerNormalization', same],
  ...['Add', 'Sub', 'Mul', 'Div', 'Max', 'Equal'].map((name): [string, Rule] => [name, broadcast]),
  ...['ReduceSum', 'ReduceSumSquare', 'ReduceMax'].map((name): [string, Rule] => [name, reduced]),
  ['MatMul', product],
  ['Gemm', gemm],
  ['Conv', convolution],
  ['Transpose', ([x = []], { attributes }) => (attributes.get('perm') ?? []).map((axis) => at(x, axis))],
  ['Reshape', ([x = []], _, integers) => reshaped(x, integers(1))],
  ['Expand', ([x = []], _, integers) => broadcastShape(x, integers(1))],
  ['Slice', sliced],
  ['Pad', padded],
  ['Concat', concatenated],
])

/**
 * Checks a graph for one image of `input`, [1, 3, height, width].
 *
 * @throws AppError `unsupported` for what models of ours do not have, or too much of it
 */
export function checkGraph(outline: Outline, input: Shape): GraphCost {
  const shapes = new Map<string, Shape>([...outline.constants].map(([name, { shape }]) => [name, shape]))
  const weights = [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0)
  for (const name of outline.inputs.keys()) if (!shapes.has(name)) shapes.set(name, input)
  const lastUses = lastUsesOf(outline)
  let largest = timesOfImage * sizeOf(input)
  let operations = 0
  let held = sizeOf(input)
  for (const [place, node] of outline.nodes.entries()) {
    const inputs = node.inputs.filter((name) => name !== '').map((name) => known(shapes, name))
    const shape = shapeOf(outline, node, inputs)
    for (const name of node.outputs) if (name !== '') shapes.set(name, shape)
    const size = sizeOf(shape)
    largest = Math.max(largest, size)
    operations += size * (inner(node, inputs) || perElement)
    held += size
    // A value and what is made of it are there at the same time; in a block of a Vision Transformer, some more.
    if (!isWithinLimits({ largest: Math.max(largest, held / mostHeld), operations, weights }))
      throw refused(`would compute more than any model of its size (${node.operator}, ${shape.join(' × ')})`)
    for (const name of lastUses.get(place) ?? [])
      if (!outline.constants.has(name)) held -= sizeOf(known(shapes, name))
  }
  return { largest, operations, outputShape: known(shapes, outline.outputs[0] ?? '') }
}

// Times the largest value that may be in memory together.
const mostHeld = 3

/** The values that no later node uses, by the place of the node that uses them last. */
function lastUsesOf({ nodes }: Outline): ReadonlyMap<number, readonly string[]> {
  const last = new Map<string, number>()
  for (const [place, { inputs, outputs }] of nodes.entries())
    for (const name of [...inputs, ...outputs]) if (name !== '') last.set(name, place)
  const uses = new Map<number, string[]>()
  for (const [name, place] of last) {
    const names = uses.get(place)
    if (names === undefined) uses.set(place, [name])
    else names.push(name)
  }
  return uses
}

function shapeOf({ constants }: Outline, node: OutlinedNode, inputs: readonly Shape[]): Shape {
  const rule = rules.get(node.operator)
  if (rule === undefined) throw refused(`has the operator “${node.operator.slice(0, 40)}”`)
  const shape = rule(inputs, node, (input) => {
    const values = constants.get(node.inputs[input] ?? '')?.integers
    if (values === null || values === undefined) throw refused('computes its sizes')
    return values
  })
  if (shape.every((size) => Number.isSafeInteger(size) && size >= 0)) return shape
  throw refused(`has sizes that are none (${shape.slice(0, 8).join(' × ')})`)
}

function known(shapes: ReadonlyMap<string, Shape>, name: string): Shape {
  const shape = shapes.get(name)
  if (shape === undefined) throw refused('uses a value before it is there')
  return shape
}

/** A size of a shape, or a number of a list, that a graph says is there. */
function at(list: readonly number[], index: number): number {
  const value = list.at(index)
  if (value === undefined) throw refused('has sizes that are none')
  return value
}

function sizeOf(shape: Shape): number {
  return shape.reduce((size, one) => size * one, 1)
}

/** Multiplications behind each number of a node's result; 0 for what is no product. */
function inner({ operator }: OutlinedNode, inputs: readonly Shape[]): number {
  const [first = []] = inputs
  if (operator === 'MatMul') return first.at(-1) ?? 1
  if (operator === 'Gemm') return Math.max(...first)
  if (operator === 'Conv') return sizeOf((inputs[1] ?? []).slice(1))
  return 0
}

function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  const sizes = (shape: Shape): number[] => [...new Array<number>(rank - shape.length).fill(1), ...shape]
  const [left, right] = [sizes(a), sizes(b)]
  return left.map((size, axis) => Math.max(size, at(right, axis)))
}

function product([a = [], b = []]: readonly Shape[]): Shape {
  if (a.length < 2 || b.length < 2) throw refused('has a product of other values than matrices')
  const outer = broadcastShape(a.slice(0, -2), b.slice(0, -2))
  return [...outer, at(a, -2), at(b, -1)]
}

function gemm([a = [], b = []]: readonly Shape[], { attributes }: OutlinedNode): Shape {
  if (a.length !== 2 || b.length !== 2) throw refused('has a product of other values than matrices')
  const isTransposed = (name: string): boolean => attributes.get(name)?.[0] === 1
  return [at(a, isTransposed('transA') ? 1 : 0), at(b, isTransposed('transB') ? 0 : 1)]
}

function convolution([x = [], kernel = []]: readonly Shape[], { attributes }: OutlinedNode): Shape {
  const [pads = [], strides = []] = [attributes.get('pads'), attributes.get('strides')]
  if (
    x.length !== 4 ||
    kernel.length !== 4 ||
    strides.length !== 2 ||
    pads.length !== 4 ||
    attributes.size !== 2
  )
    throw refused('has a convolution of another form')
  const places = (axis: 0 | 1): number =>
    Math.floor(
      (at(x, axis + 2) + at(pads, axis) + at(pads, axis + 2) - at(kernel, axis + 2)) / at(strides, axis),
    ) + 1
  return [at(x, 0), at(kernel, 0), places(0), places(1)]
}

function reshaped(x: Shape, sizes: readonly number[]): Shape {
  const rest = sizes.filter((size) => size !== -1)
  const free = sizeOf(x) / sizeOf(rest)
  if (rest.some((size) => size <= 0) || sizes.length - rest.length > 1)
    throw refused('has sizes that are none')
  return sizes.map((size) => (size === -1 ? free : size))
}

function sliced(
  [x = []]: readonly Shape[],
  _: OutlinedNode,
  integers: (input: number) => readonly number[],
): Shape {
  const [start = 0] = integers(1)
  const [end = 0] = integers(2)
  const [axis = 0] = integers(3)
  return x.map((size, index) => (index === axis ? Math.max(0, Math.min(end, size) - start) : size))
}

function padded(
  [x = []]: readonly Shape[],
  _: OutlinedNode,
  integers: (input: number) => readonly number[],
): Shape {
  const pads = integers(1)
  return x.map((size, axis) => size + at(pads, axis) + at(pads, axis + x.length))
}

function concatenated(inputs: readonly Shape[], { attributes }: OutlinedNode): Shape {
  const first = inputs[0] ?? []
  const axis = attributes.get('axis')?.[0] ?? 0
  const place = axis < 0 ? axis + first.length : axis
  const together = inputs.reduce((sum, shape) => sum + (shape[place] ?? 0), 0)
  return first.map((size, index) => (index === place ? together : size))
}

function reduced(
  [x = []]: readonly Shape[],
  _: OutlinedNode,
  integers: (input: number) => readonly number[],
): Shape {
  const axes = integers(1).map((axis) => (axis < 0 ? axis + x.length : axis))
  return x.map((size, axis) => (axes.includes(axis) ? 1 : size))
}

function refused(what: string): AppError {
  const advice = say`Only .onnx files exported by ViT Studio can be opened.`
  return new AppError('unsupported', say`It ${what}, as no model exported by ViT Studio does. ${advice}`)
}
