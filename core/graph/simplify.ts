/**
 * @file Rewrites a graph to an equal one with fewer nodes: chains of transposes and reshapes become one, and equal
 * nodes become the same node. What no output needs is gone, because a graph is what its outputs reach.
 */
import { at, sameShape } from '../tensor/shape.ts'
import { apply, reshape, transpose } from './build.ts'
import { isOp, resultsOf, topologicalOrder, type Graph, type Node, type Value } from './ir.ts'

/** An equal graph without repeated or needless nodes. Numbers do not change, only how often they are computed. */
export function simplify(graph: Graph): Graph {
  const replaced = new Map<Node, readonly Value[]>()
  const unique = new Map<string, readonly Value[]>()
  const ids = new Map<Node, number>()
  const current = (value: Value): Value => at(replaced.get(value.node) ?? [], value.index)
  for (const node of topologicalOrder(resultsOf(graph))) {
    const values = rewrite(node, node.inputs.map(current))
    replaced.set(node, deduplicate(values, unique, ids))
  }
  const mapped = (values: ReadonlyMap<string, Value>): Map<string, Value> =>
    new Map([...values].map(([name, value]) => [name, current(value)]))
  return { outputs: mapped(graph.outputs), updates: mapped(graph.updates) }
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

// Large constants are told apart by identity: comparing them would cost more than it saves.
const comparedConstant = 16

function keyOf(node: Node, ids: Map<Node, number>): string {
  const inputs = node.inputs.map((input) => `${ids.get(input.node)}.${input.index}`).join()
  if (!isOp(node, 'constant')) return `${node.op}(${inputs})${JSON.stringify(node.attributes)}`
  const { dtype, shape, data } = node.attributes.tensor
  if (data.length > comparedConstant) return `constant#${ids.size}`
  // String(-0) is '0', and 0 and −0 differ as divisors.
  return `constant ${dtype}[${shape.join()}]${[...data].map((x) => (Object.is(x, -0) ? '-0' : x)).join()}`
}

/** The node over its rewritten inputs, or something simpler. */
function rewrite(node: Node, inputs: readonly Value[]): readonly Value[] {
  if (isOp(node, 'transpose')) return [simplerTranspose(at(inputs, 0), node.attributes.perm)]
  if (isOp(node, 'reshape')) return [simplerReshape(at(inputs, 0), node.attributes.shape)]
  if (isOp(node, 'expand') && sameShape(at(inputs, 0).shape, node.attributes.shape)) return inputs
  if (isOp(node, 'multiply') && isOne(inputs[1]) && sameResult(node, inputs[0])) return [at(inputs, 0)]
  if (isOp(node, 'multiply') && isOne(inputs[0]) && sameResult(node, inputs[1])) return [at(inputs, 1)]
  if (inputs.every((input, index) => input === node.inputs[index])) {
    return node.outputs.map(({ shape, dtype }, index) => ({ node, index, shape, dtype }))
  }
  return apply(node.op, inputs, node.attributes)
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
