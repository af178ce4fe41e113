/** @file Decides whether new state may be written over the old one while a graph runs. */
import { resultsOf, topologicalOrder, type Graph, type Node } from '../graph/ir.ts'

/**
 * Whether each update may overwrite its state tensor during the run: every node that reads the old value must be
 * finished before the update is computed, that is, be one of the nodes the update depends on.
 *
 * Gradient clipping by global norm gives a training step this property, since every update depends on every
 * gradient. Without it a weight would be overwritten while the backward pass still needs it.
 */
export function updatesMayOverwrite(graph: Graph): boolean {
  const readers = readersOfState(graph)
  return [...graph.updates].every(([name, value]) => {
    const before = new Set(topologicalOrder([value]))
    return [...(readers.get(name) ?? [])].every((reader) => before.has(reader))
  })
}

function readersOfState(graph: Graph): Map<string, Set<Node>> {
  const readers = new Map<string, Set<Node>>()
  for (const node of topologicalOrder(resultsOf(graph))) {
    for (const { node: input } of node.inputs) {
      if (input.op !== 'input') continue
      const { name } = (input as Node<'input'>).attributes
      readers.set(name, (readers.get(name) ?? new Set()).add(node))
    }
  }
  return readers
}
