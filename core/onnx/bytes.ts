/** @file OnnxModel to protobuf bytes. Field numbers are onnx.proto's. */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import {
  elementTypes,
  type AttributeValue,
  type ExternalData,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './model.ts'

// IR version 10 and operator set 20 came with ONNX 1.16 and 1.15; 20 is the first with Gelu.
const irVersion = 10
const operatorSet = 20

/** The model as the bytes of an .onnx file. */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  writer.tag(1, WireType.Varint).int64(irVersion)
  text(writer, 2, 'vit-studio')
  message(writer, 7, () => encodeGraph(writer, model))
  message(writer, 8, () => {
    text(writer, 1, '')
    writer.tag(2, WireType.Varint).int64(operatorSet)
  })
  for (const [key, value] of model.metadata) entry(writer, 14, key, value)
  return writer.finish()
}

function encodeGraph(writer: BinaryWriter, model: OnnxModel): void {
  for (const node of model.nodes) message(writer, 1, () => encodeNode(writer, node))
  text(writer, 2, model.name)
  for (const tensor of model.constants) message(writer, 5, () => encodeTensor(writer, tensor))
  for (const value of model.inputs) message(writer, 11, () => encodeValue(writer, value))
  for (const value of model.outputs) message(writer, 12, () => encodeValue(writer, value))
}

function encodeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input)
  for (const output of node.outputs) text(writer, 2, output)
  text(writer, 4, node.operator)
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    message(writer, 5, () => encodeAttribute(writer, name, value))
  }
}

// AttributeProto.AttributeType
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const

function encodeAttribute(writer: BinaryWriter, name: string, attribute: AttributeValue): void {
  text(writer, 1, name)
  switch (attribute.type) {
    case 'float':
      writer.tag(2, WireType.Bit32).float(attribute.value)
      break
    case 'int':
      writer.tag(3, WireType.Varint).int64(attribute.value)
      break
    case 'string':
      text(writer, 4, attribute.value)
      break
    case 'ints':
      for (const value of attribute.value) writer.tag(8, WireType.Varint).int64(value)
      break
  }
  writer.tag(20, WireType.Varint).int32(attributeTypes[attribute.type])
}

function encodeTensor(writer: BinaryWriter, tensor: OnnxTensor): void {
  for (const size of tensor.shape) writer.tag(1, WireType.Varint).int64(size)
  writer.tag(2, WireType.Varint).int32(elementTypes[tensor.type])
  text(writer, 8, tensor.name)
  if (tensor.data instanceof Uint8Array) writer.tag(9, WireType.LengthDelimited).bytes(tensor.data)
  else encodeExternal(writer, tensor.data)
}

function encodeExternal(writer: BinaryWriter, { location, offset, length }: ExternalData): void {
  entry(writer, 13, 'location', location)
  entry(writer, 13, 'offset', String(offset))
  entry(writer, 13, 'length', String(length))
  const external = 1
  writer.tag(14, WireType.Varint).int32(external)
}

function encodeValue(writer: BinaryWriter, value: OnnxValue): void {
  const tensorType = (): void => message(writer, 1, () => encodeTensorType(writer, value))
  const sequenceType = (): void => message(writer, 4, () => message(writer, 1, tensorType))
  text(writer, 1, value.name)
  message(writer, 2, value.isSequence === true ? sequenceType : tensorType)
}

function encodeTensorType(writer: BinaryWriter, { type, shape }: OnnxValue): void {
  writer.tag(1, WireType.Varint).int32(elementTypes[type])
  message(writer, 2, () => {
    for (const size of shape) message(writer, 1, () => encodeDimension(writer, size))
  })
}

function encodeDimension(writer: BinaryWriter, size: number | string): void {
  if (typeof size === 'string') text(writer, 2, size)
  else writer.tag(1, WireType.Varint).int64(size)
}

function message(writer: BinaryWriter, field: number, body: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork()
  body()
  writer.join()
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value)
}

function entry(writer: BinaryWriter, field: number, key: string, value: string): void {
  message(writer, field, () => {
    text(writer, 1, key)
    text(writer, 2, value)
  })
}
