/** @file How much arithmetic a graph is: products and convolutions, which are nearly all of it and the same on any device. */
import { at, sizeOf } from '../tensor/shape.ts'
import { isOp, resultsOf, topologicalOrder, type Graph, type Node } from './ir.ts'

/**
 * Floating-point operations of one run: 2·m·k·n for every product of [m, k] and [k, n], batched ones included, and
 * 2·kh·kw·C for every element that a convolution produces.
 */
export function stepFlops(graph: Graph): number {
  return topologicalOrder(resultsOf(graph)).reduce((sum, node) => sum + productFlops(node), 0)
}

function productFlops(node: Node): number {
  const results = sizeOf(at(node.outputs, 0).shape)
  if (node.op === 'conv') return 2 * sizeOf(at(node.inputs, 1).shape.slice(1)) * results
  if (node.op !== 'matmul' && node.op !== 'gemm') return 0
  const { shape } = at(node.inputs, 0)
  const inner = at(shape, isOp(node, 'gemm') && node.attributes.transposeA ? -2 : -1)
  return 2 * inner * results
}
