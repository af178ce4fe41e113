/** @file Rebuilds a graph node by node: what every transformation of graphs has in common. */
import { at } from '../tensor/shape.ts'
import { apply } from './build.ts'
import { resultsOf, topologicalOrder, type Graph, type Node, type Value } from './ir.ts'

/** Returns the values that replace a node's outputs; its inputs have been rewritten already. */
export type RewriteRule = (node: Node, inputs: readonly Value[]) => readonly Value[]

/** The graph with every node replaced by what the rule makes of it, inputs before the nodes that read them. */
export function rewriteGraph(graph: Graph, rule: RewriteRule): Graph {
  const replaced = new Map<Node, readonly Value[]>()
  const current = (value: Value): Value => at(replaced.get(value.node) ?? [], value.index)
  for (const node of topologicalOrder(resultsOf(graph))) {
    replaced.set(node, rule(node, node.inputs.map(current)))
  }
  const mapped = (values: ReadonlyMap<string, Value>): Map<string, Value> =>
    new Map([...values].map(([name, value]) => [name, current(value)]))
  return { outputs: mapped(graph.outputs), updates: mapped(graph.updates) }
}

/** The outputs of a node over other inputs; the node itself if they are its own. */
export function withInputs(node: Node, inputs: readonly Value[]): Value[] {
  if (inputs.every((input, index) => input === node.inputs[index])) {
    return node.outputs.map(({ shape, dtype }, index) => ({ node, index, shape, dtype }))
  }
  return apply(node.op, inputs, node.attributes)
}
