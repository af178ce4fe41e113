/**
 * @file Rewrites a graph to an equivalent one with fewer nodes: chains of transposes and reshapes become one, and equal
 * nodes become the same node. What no output needs disappears, because a graph is what its outputs reach.
 */
import { at, sameShape } from '../tensor/shape.ts'
import { reshape, transpose } from './build.ts'
import { isOp, type Graph, type Node, type Value } from './ir.ts'
import { rewriteGraph, withInputs } from './rewrite.ts'

/** An equivalent graph without repeated or needless nodes. Numbers do not change, only how often they are computed. */
export function simplify(graph: Graph): Graph {
  const unique = new Map<string, readonly Value[]>()
  const ids = new Map<Node, number>()
  return rewriteGraph(graph, (node, inputs) => deduplicate(rewrite(node, inputs), unique, ids))
}

function deduplicate(
  values: readonly Value[],
  unique: Map<string, readonly Value[]>,
  ids: Map<Node, number>,
): readonly Value[] {
  const { node } = at(values, 0)
  if (ids.has(node)) return values
  const key = keyOf(node, ids)
  const known = unique.get(key)
  if (known !== undefined) return known
  ids.set(node, ids.size)
  unique.set(key, values)
  return values
}

// Large constants are told apart by identity unless all of their elements are the same: comparing them would cost more
// than it saves.
const comparedConstant = 16

function keyOf(node: Node, ids: Map<Node, number>): string {
  const inputs = node.inputs.map((input) => `${ids.get(input.node)}.${input.index}`).join()
  if (!isOp(node, 'constant')) return `${node.op}(${inputs})${JSON.stringify(node.attributes)}`
  const { dtype, shape, data } = node.attributes.tensor
  const type = `constant ${dtype}[${shape.join()}]`
  const [first] = data
  if (first !== undefined && data.every((x) => Object.is(x, first))) return `${type} all ${show(first)}`
  return data.length > comparedConstant ? `constant#${ids.size}` : `${type}${[...data].map(show).join()}`
}

// String(-0) is '0', and 0 and −0 differ as divisors.
function show(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x)
}

/** The node over its rewritten inputs, or something simpler. */
function rewrite(node: Node, inputs: readonly Value[]): readonly Value[] {
  if (isOp(node, 'transpose')) return [simplerTranspose(at(inputs, 0), node.attributes.perm)]
  if (isOp(node, 'reshape')) return [simplerReshape(at(inputs, 0), node.attributes.shape)]
  if (isOp(node, 'expand') && sameShape(at(inputs, 0).shape, node.attributes.shape)) return inputs
  if (isOp(node, 'multiply') && isOne(inputs[1]) && sameResult(node, inputs[0])) return [at(inputs, 0)]
  if (isOp(node, 'multiply') && isOne(inputs[0]) && sameResult(node, inputs[1])) return [at(inputs, 1)]
  return withInputs(node, inputs)
}

/** transpose(transpose(x, p), q) = transpose(x, p∘q); the identity disappears. */
function simplerTranspose(x: Value, perm: readonly number[]): Value {
  if (isOp(x.node, 'transpose')) {
    const inner = x.node.attributes.perm
    return simplerTranspose(
      at(x.node.inputs, 0),
      perm.map((axis) => at(inner, axis)),
    )
  }
  return perm.every((axis, position) => axis === position) ? x : transpose(x, perm)
}

/** reshape(reshape(x)) = reshape(x); the identity disappears. */
function simplerReshape(x: Value, shape: readonly number[]): Value {
  if (isOp(x.node, 'reshape')) return simplerReshape(at(x.node.inputs, 0), shape)
  return sameShape(x.shape, shape) ? x : reshape(x, shape)
}

function isOne(value: Value | undefined): boolean {
  if (value === undefined || !isOp(value.node, 'constant')) return false
  return value.node.attributes.tensor.data.every((element) => element === 1)
}

function sameResult(node: Node, input: Value | undefined): boolean {
  return input !== undefined && sameShape(input.shape, at(node.outputs, 0).shape)
}
