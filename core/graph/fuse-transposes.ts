/**
 * @file Rearranges transposes around batched products for devices whose products read an operand transposed for free:
 * ONNX Runtime does this on the CPU, once a swap of the last two axes stands alone before the product. What remains
 * keeps the innermost axis in place and moves whole rows.
 */
import { at } from '../tensor/shape.ts'
import { matmul, swapLastAxes, transpose } from './build.ts'
import { isOp, type Graph, type Value } from './ir.ts'
import { rewriteGraph, withInputs } from './rewrite.ts'

/** An equivalent graph in which no transpose next to a batched product tears rows apart. */
export function fuseTransposes(graph: Graph): Graph {
  return rewriteGraph(graph, (node, inputs) => {
    if (isOp(node, 'matmul')) return [matmul(rowwise(at(inputs, 0)), rowwise(at(inputs, 1)))]
    if (isOp(node, 'transpose')) return [transposed(at(inputs, 0), node.attributes.perm)]
    return withInputs(node, inputs)
  })
}

/** transpose(x, p) as a swap of the last two axes after a transpose that moves rows, if that is possible. */
function rowwise(operand: Value): Value {
  if (!isOp(operand.node, 'transpose')) return operand
  const { perm } = operand.node.attributes
  const exchanged = [...perm.slice(0, -2), at(perm, -1), at(perm, -2)]
  if (movesRows(perm) || !movesRows(exchanged)) return operand
  const x = at(operand.node.inputs, 0)
  return swapLastAxes(isIdentity(exchanged) ? x : transpose(x, exchanged))
}

/** transpose(A·B, p) = transpose(Bᵀ·Aᵀ, p′), where p′ moves rows and p does not. */
function transposed(x: Value, perm: readonly number[]): Value {
  const exchanged = perm.map((axis) => exchangeLast(axis, perm.length))
  if (!isOp(x.node, 'matmul') || movesRows(perm) || !movesRows(exchanged)) return transpose(x, perm)
  const product = matmul(exchange(at(x.node.inputs, 1)), exchange(at(x.node.inputs, 0)))
  return isIdentity(exchanged) ? product : transpose(product, exchanged)
}

/** Swaps the last two axes, without doing it twice. */
function exchange(x: Value): Value {
  if (!isOp(x.node, 'transpose')) return swapLastAxes(x)
  const { perm } = x.node.attributes
  const undone = perm.map((_, position) => at(perm, exchangeLast(position, perm.length)))
  return isIdentity(undone) ? at(x.node.inputs, 0) : swapLastAxes(x)
}

function exchangeLast(axis: number, rank: number): number {
  if (axis === rank - 1) return rank - 2
  return axis === rank - 2 ? rank - 1 : axis
}

/** Whether the innermost axis stays innermost. */
function movesRows(perm: readonly number[]): boolean {
  return at(perm, -1) === perm.length - 1
}

function isIdentity(perm: readonly number[]): boolean {
  return perm.every((axis, position) => axis === position)
}
