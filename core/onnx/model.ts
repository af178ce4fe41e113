/** @file The parts of an ONNX model that we write, as plain data. Field meanings are those of onnx.proto. */

/** Element types as numbered by ONNX's TensorProto.DataType. */
export const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const

export type ElementType = keyof typeof elementTypes

export type AttributeValue =
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string }

/** One operator application; `''` as an output name omits an optional output. */
export interface OnnxNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, AttributeValue>>
}

/** A constant of the model. `external` places the bytes in a file beside it. */
export interface OnnxTensor {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  readonly data: Uint8Array | ExternalData
}

export interface ExternalData {
  readonly location: string
  readonly offset: number
  readonly length: number
}

/** A named input or output; a string in the shape is a dynamic size. */
export interface OnnxValue {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
  /** A list of such tensors instead of one. */
  readonly isSequence?: boolean
}

export interface OnnxModel {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly metadata: ReadonlyMap<string, string>
}
