/** @file Decides whether new state may be written over the old one while a graph runs. */
import { isOp, resultsOf, topologicalOrder, type Graph, type Node, type Op, type Value } from '../graph/ir.ts'
import { sizeOf } from '../tensor/shape.ts'

/**
 * Whether each update may overwrite its state tensor during the run. Every node that reads the old value must either be
 * finished before the update is written, or read it element by element as it is being written.
 *
 * Gradient clipping by global norm gives a training step this property: every update waits for one scalar, and that
 * waits for every gradient. Without it a weight would be overwritten while the backward pass still needs it.
 */
export function updatesMayOverwrite(graph: Graph): boolean {
  const readers = readersOfState(graph)
  const before = new Map<Value, ReadonlySet<Node>>()
  const isSafe = ([name, value]: readonly [string, Value]): boolean => {
    const { nodes, scalars } = arithmeticEnd(value)
    for (const scalar of scalars)
      before.set(scalar, before.get(scalar) ?? new Set(topologicalOrder([scalar])))
    const finished = (reader: Node): boolean =>
      nodes.has(reader) || [...scalars].some((scalar) => before.get(scalar)?.has(reader))
    return [...(readers.get(name) ?? [])].every(finished)
  }
  return !givesOldState(graph) && [...graph.updates].every(isSafe)
}

/** Whether a result is an old value that the run replaces: it would be copied too late. */
function givesOldState(graph: Graph): boolean {
  return resultsOf(graph).some(({ node }) => isOp(node, 'input') && graph.updates.has(node.attributes.name))
}

function readersOfState(graph: Graph): Map<string, Set<Node>> {
  const readers = new Map<string, Set<Node>>()
  for (const node of topologicalOrder(resultsOf(graph))) {
    for (const { node: input } of node.inputs) {
      if (!isOp(input, 'input')) continue
      const { name } = input.attributes
      readers.set(name, (readers.get(name) ?? new Set()).add(node))
    }
  }
  return readers
}

// Others are left out although they are elementwise: ONNX Runtime's Gelu reads its input again after writing.
const arithmetic: ReadonlySet<Op> = new Set<Op>(['add', 'subtract', 'multiply', 'divide', 'maximum'])

/**
 * The arithmetic with which the computation of a value ends, and the scalars it takes part with. Whatever precedes
 * such a scalar is finished; a product of matrices that enters the arithmetic directly may be fused with it and
 * still read while the result is written.
 */
function arithmeticEnd(value: Value): { nodes: Set<Node>; scalars: Set<Value> } {
  const nodes = new Set<Node>()
  const scalars = new Set<Value>()
  const pending = [value]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next !== value && sizeOf(next.shape) === 1) scalars.add(next)
    else if (arithmetic.has(next.node.op) && !nodes.has(next.node)) {
      nodes.add(next.node)
      for (const input of next.node.inputs) pending.push(input)
    }
  }
  return { nodes, scalars }
}
