/**
 * @file The intermediate language: a training step, an evaluation or an export is a directed acyclic graph of
 * these nodes. Nodes are immutable data; a graph is what its outputs reach.
 */
import type { DType, Tensor } from '../tensor/tensor.ts'
import type { Shape } from '../tensor/shape.ts'

/** Which activation a `gelu` node computes: x·Φ(x) exactly, its tanh approximation, or x·sigmoid(1.702x). */
export type GeluVariant = 'erf' | 'tanh' | 'quick'

/**
 * Every operator and its attributes. Reductions keep their axes (size 1). Binary elementwise operators
 * broadcast as in NumPy.
 */
export interface OpAttributes {
  /** Fed by the caller at each run (`feed`) or kept on the device between runs (`state`). */
  input: {
    readonly name: string
    readonly kind: 'feed' | 'state'
    readonly shape: Shape
    readonly dtype: DType
  }
  constant: { readonly tensor: Tensor }

  add: NoAttributes
  subtract: NoAttributes
  multiply: NoAttributes
  divide: NoAttributes
  maximum: NoAttributes
  /** 1 where both are equal, else 0, as float32. */
  equal: NoAttributes

  exp: NoAttributes
  sqrt: NoAttributes
  erf: NoAttributes
  tanh: NoAttributes
  sigmoid: NoAttributes
  cast: { readonly dtype: DType }

  gelu: { readonly variant: GeluVariant }
  /** Over the last axis. */
  softmax: NoAttributes
  /** Over the last axis. */
  logSoftmax: NoAttributes
  /** (x − mean)·invStd·scale + bias over the last axis. Inputs x, scale, bias; outputs y, mean, invStd. */
  layerNorm: { readonly epsilon: number }

  /** Batched product of the last two axes; leading axes equal. */
  matmul: NoAttributes
  /** op(a)·op(b) (+ bias row) of two matrices. Inputs a, b and optionally a bias [columns]. */
  gemm: { readonly transposeA: boolean; readonly transposeB: boolean }
  /**
   * Slides kernels [O, C, kh, kw] over images [B, H, W, C] by `stride` in both directions, with zeros around them:
   * `pads` are top, left, bottom and right. Inputs images, kernels; gives [B, H′, W′, O].
   */
  conv: { readonly stride: number; readonly pads: readonly [number, number, number, number] }

  transpose: { readonly perm: readonly number[] }
  reshape: { readonly shape: Shape }
  /** Broadcasts to `shape`. */
  expand: { readonly shape: Shape }
  slice: { readonly axis: number; readonly start: number; readonly end: number }
  /** Zeros before and after along one axis. */
  pad: { readonly axis: number; readonly before: number; readonly after: number }
  concat: { readonly axis: number }
  reduceSum: { readonly axes: readonly number[] }
  reduceSumSquare: { readonly axes: readonly number[] }
  reduceMax: { readonly axes: readonly number[] }
}

type NoAttributes = Readonly<Record<never, never>>

/** The name of an operator. */
export type Op = keyof OpAttributes

/** Shape and element type of one output. */
export interface OutputType {
  readonly shape: Shape
  readonly dtype: DType
}

/** One application of an operator. */
export interface Node<O extends Op = Op> {
  readonly op: O
  readonly attributes: OpAttributes[O]
  readonly inputs: readonly Value[]
  readonly outputs: readonly OutputType[]
}

/** One output of a node. */
export interface Value {
  readonly node: Node
  readonly index: number
  readonly shape: Shape
  readonly dtype: DType
}

/**
 * A program: named results for the caller, and new values for state tensors, written when the whole run is done.
 */
export interface Graph {
  readonly outputs: ReadonlyMap<string, Value>
  readonly updates: ReadonlyMap<string, Value>
}

/** Narrows a node to an operator. */
export function isOp<O extends Op>(node: Node, op: O): node is Node<O> {
  return node.op === op
}

/** Every value a graph must produce. */
export function resultsOf(graph: Graph): Value[] {
  return [...graph.outputs.values(), ...graph.updates.values()]
}

/** The nodes that `values` depend on, each after all of its inputs. */
export function topologicalOrder(values: Iterable<Value>): Node[] {
  const order: Node[] = []
  const seen = new Set<Node>()
  const stack: { node: Node; next: number }[] = []
  const enter = (node: Node): void => {
    if (seen.has(node)) return
    seen.add(node)
    stack.push({ node, next: 0 })
  }
  for (const value of values) {
    enter(value.node)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++]
      if (input !== undefined) enter(input.node)
      else order.push((stack.pop() as typeof top).node)
    }
  }
  return order
}

/** The inputs of a graph by name. */
export function inputsOf(graph: Graph): Map<string, OpAttributes['input']> {
  const inputs = new Map<string, OpAttributes['input']>()
  for (const node of topologicalOrder(resultsOf(graph))) {
    if (isOp(node, 'input')) inputs.set(node.attributes.name, node.attributes)
  }
  return inputs
}
