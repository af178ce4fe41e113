/** @file Nodes and constants of ONNX graphs, written down briefly. */
import type { ExternalData, OnnxNode, OnnxTensor } from '../../core/onnx/model.ts'

export const node = (
  operator: string,
  inputs: string[],
  outputs: string[],
  attributes: OnnxNode['attributes'] = {},
): OnnxNode => ({ operator, inputs, outputs, attributes })

export const integers = (name: string, values: number[]): OnnxTensor => ({
  name,
  type: 'int64',
  shape: [values.length],
  data: new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer),
})

/** Zeros where no data are given. */
export const floats = (name: string, shape: number[], data?: Uint8Array | ExternalData): OnnxTensor => ({
  name,
  type: 'float32',
  shape,
  data: data ?? new Uint8Array(4 * shape.reduce((size, one) => size * one, 1)),
})
