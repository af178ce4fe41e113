/** @file What a caller feeds to a program, checked against what its graph declares. */
import { invariant } from '../errors.ts'
import type { OpAttributes } from '../graph/ir.ts'
import { sameShape, showShape } from '../tensor/shape.ts'
import type { NamedTensors, Tensor } from '../tensor/tensor.ts'

/** The tensor fed for an input of the graph, in its shape and element type. */
export function feedOf(feeds: NamedTensors, { name, shape, dtype }: OpAttributes['input']): Tensor {
  const tensor = feeds.get(name)
  invariant(tensor !== undefined, () => `no feed named ${name}`)
  invariant(
    sameShape(tensor.shape, shape),
    () => `feed ${name}: ${showShape(tensor.shape)}, not ${showShape(shape)}`,
  )
  invariant(tensor.dtype === dtype, () => `feed ${name}: ${tensor.dtype}, not ${dtype}`)
  return tensor
}
