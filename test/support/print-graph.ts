/** @file Prints a graph as text: one line per node, for comparing and for reading. */
import { at, showShape } from '../../core/tensor/shape.ts'
import { isOp, resultsOf, topologicalOrder, type Graph, type Node, type Value } from '../../core/graph/ir.ts'

/** The graph as text, inputs first, in an order in which it can be executed. */
export function printGraph(graph: Graph): string {
  const names = new Map<Node, string>()
  const reference = (value: Value): string => {
    const name = names.get(value.node) ?? '?'
    return value.index === 0 ? name : `${name}.${value.index}`
  }
  const lines = topologicalOrder(resultsOf(graph)).map((node) => {
    const name = isOp(node, 'input') ? node.attributes.name : `%${names.size}`
    names.set(node, name)
    const { shape, dtype } = at(node.outputs, 0)
    const operands = node.inputs.map(reference).join(', ')
    return `${name}: ${dtype}${showShape(shape)} = ${node.op}(${operands})${printAttributes(node)}`
  })
  for (const [name, value] of graph.outputs) lines.push(`output ${name} = ${reference(value)}`)
  for (const [name, value] of graph.updates) lines.push(`update ${name} = ${reference(value)}`)
  return lines.join('\n')
}

function printAttributes(node: Node): string {
  if (isOp(node, 'input')) return ` ${node.attributes.kind}`
  if (isOp(node, 'constant')) {
    const { data } = node.attributes.tensor
    return data.length <= 4 ? ` {${[...data].join()}}` : ` {${data.length} values}`
  }
  const entries = Object.entries(node.attributes).filter(([name]) => name !== 'shape')
  return entries.length === 0
    ? ''
    : ` {${entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}}`
}
