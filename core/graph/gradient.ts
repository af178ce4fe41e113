/** @file Reverse-mode differentiation: one walk over the graph from the loss back to the parameters. */
import { invariant } from '../errors.ts'
import { at, showShape, sizeOf } from '../tensor/shape.ts'
import { filled } from '../tensor/tensor.ts'
import * as b from './build.ts'
import { differentiate, writtenOutGelu } from './derivatives.ts'
import { isOp, topologicalOrder, type Node, type Value } from './ir.ts'

/** Options of `gradients`. */
export interface GradientOptions {
  /**
   * Whether the backward pass recomputes GELU outputs instead of keeping them: this saves a fifth of the activation
   * memory for one more pass over them, since their derivative needs most of the same terms.
   */
  readonly recompute: boolean
}

/**
 * Gradients of a scalar loss with respect to `parameters`, each in its parameter's shape.
 *
 * @throws when the loss does not depend on a parameter, which is always a mistake in the model
 */
export function gradients(loss: Value, parameters: readonly Value[], options: GradientOptions): Value[] {
  invariant(sizeOf(loss.shape) === 1, () => `the loss must be a scalar, not ${showShape(loss.shape)}`)
  const order = topologicalOrder([loss])
  const active = dependents(order, parameters)
  const kept = options.recompute ? createRecompute() : (value: Value): Value => value
  const sums = new Map<Node, Value>()
  sums.set(loss.node, b.constant(filled(loss.shape, 1)))
  for (const node of order.toReversed()) {
    const g = sums.get(node)
    if (g === undefined || !active.has(node) || node.op === 'input') continue
    const outputs = node.outputs.map(({ shape, dtype }, index) => ({ node, index, shape, dtype }))
    const results = differentiate(node, { ...node, inputs: node.inputs.map(kept), outputs, g })
    node.inputs.forEach((input, index) => {
      const result = results[index] ?? null
      if (result === null || !active.has(input.node)) return
      invariant(input.index === 0, () => `a gradient reached output ${input.index} of ${input.node.op}`)
      const sum = sums.get(input.node)
      sums.set(input.node, sum === undefined ? result : b.add(sum, result))
    })
  }
  return parameters.map((parameter) => {
    const gradient = sums.get(parameter.node)
    invariant(gradient !== undefined, () => `the loss does not depend on ${nameOf(parameter)}`)
    return gradient
  })
}

/** The nodes between the parameters and the loss: only they need a gradient. */
function dependents(order: readonly Node[], parameters: readonly Value[]): Set<Node> {
  const active = new Set(parameters.map((parameter) => parameter.node))
  for (const node of order) {
    if (node.inputs.some((input) => active.has(input.node))) active.add(node)
  }
  return active
}

/** Replaces a GELU output by the same numbers recomputed from its input. */
function createRecompute(): (value: Value) => Value {
  const done = new Map<Node, Value>()
  return (value) => {
    const { node } = value
    if (!isOp(node, 'gelu')) return value
    const again = done.get(node) ?? writtenOutGelu(at(node.inputs, 0), node.attributes.variant)
    done.set(node, again)
    return again
  }
}

function nameOf(value: Value): string {
  return isOp(value.node, 'input') ? value.node.attributes.name : value.node.op
}
