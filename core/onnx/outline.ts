/**
 * @file What an .onnx file holds besides its weights: metadata, inputs, nodes and the sizes of constants. It is read piece by
 * piece, so that no more of a file of gigabytes is held than its description. Field numbers are those of onnx.proto.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/** A file that is read in ranges. */
export interface ByteSource {
  readonly size: number
  /** `length` bytes from `position`, all of which lie inside the file. */
  read(position: number, length: number): Promise<Uint8Array>
}

/** A node: what it computes, from and to which values, and its whole-number attributes. */
export interface OutlinedNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, readonly number[]>
}

/** A constant. */
export interface OutlinedConstant {
  readonly shape: readonly number[]
  /** The values of a short list of int64; null for all else. */
  readonly integers: readonly number[] | null
  /** The file beside the model that holds it; null where the model does. */
  readonly location: string | null
}

/** An .onnx file without its weights. */
export interface Outline {
  readonly metadata: ReadonlyMap<string, string>
  readonly nodes: readonly OutlinedNode[]
  readonly constants: ReadonlyMap<string, OutlinedConstant>
  /** Sizes of each input; null for one that is free. */
  readonly inputs: ReadonlyMap<string, readonly (number | null)[]>
  readonly outputs: readonly string[]
}

/** A field of a message: its number where it holds one, else where its bytes lie. */
interface Field {
  readonly number: number
  readonly value: number | null
  readonly start: number
  readonly end: number
}

// The largest models have some thousands of nodes and constants; their texts are class names.
const most = { pieces: 20_000, piece: 1e6, text: 20e6 }

/**
 * The outline of an .onnx file.
 *
 * @throws AppError `invalid_input` when it is no such file or damaged, `unsupported` for parts that models of ours do not have
 */
export async function readOutline(source: ByteSource): Promise<Outline> {
  try {
    return await outlineOf(source)
  } catch (cause) {
    if (cause instanceof AppError || (cause instanceof Error && 'syscall' in cause)) throw cause
    const advice = say`The file is damaged or not an ONNX model; export it again.`
    throw new AppError('invalid_input', say`It cannot be read as an ONNX model. ${advice}`, {}, { cause })
  }
}

async function outlineOf(source: ByteSource): Promise<Outline> {
  const metadata = new Map<string, string>()
  let graph: Field | undefined
  for (const field of await fieldsOf(source, 0, source.size)) {
    if (field.number === 7 && graph === undefined) graph = field
    else if (field.number === 7 || field.number === 20 || field.number === 25) throw foreign('several graphs')
    else if (field.number === 14) metadata.set(...entryOf(await bytesOf(source, field, most.text)))
  }
  if (graph === undefined) throw new Error('there is no graph')
  return { metadata, ...(await graphOf(source, graph)) }
}

async function graphOf(source: ByteSource, graph: Field): Promise<Omit<Outline, 'metadata'>> {
  const nodes: OutlinedNode[] = []
  const constants = new Map<string, OutlinedConstant>()
  const inputs = new Map<string, readonly (number | null)[]>()
  const outputs: string[] = []
  for (const field of await fieldsOf(source, graph.start, graph.end)) {
    if (field.number === 1) nodes.push(nodeOf(await bytesOf(source, field, most.piece)))
    else if (field.number === 5) constants.set(...(await constantOf(source, field)))
    else if (field.number === 11) inputs.set(...valueOf(await bytesOf(source, field, most.piece)))
    else if (field.number === 12) outputs.push(valueOf(await bytesOf(source, field, most.piece))[0])
    else if (field.number === 15) throw foreign('sparse constants')
  }
  return { nodes, constants, inputs, outputs }
}

/** The fields of a message, without their bytes. */
async function fieldsOf(source: ByteSource, start: number, end: number): Promise<Field[]> {
  const fields: Field[] = []
  for (let position = start; position < end;) {
    // A tag and a length take ten bytes each at most.
    const head = await source.read(position, Math.min(20, end - position))
    const reader = new BinaryReader(head)
    const [number, wireType] = reader.tag()
    let length = 0
    let value: number | null = null
    if (wireType === WireType.LengthDelimited) length = reader.uint32()
    else if (wireType === WireType.Varint) value = Number(reader.int64())
    else reader.skip(wireType, number)
    const field = { number, value, start: position + reader.pos, end: position + reader.pos + length }
    if (field.end > end) throw new Error('a field is longer than what holds it')
    if (fields.push(field) > most.pieces) throw foreign(`over ${most.pieces} parts`)
    position = field.end
  }
  return fields
}

async function bytesOf(source: ByteSource, { start, end }: Field, limit: number): Promise<Uint8Array> {
  if (end - start > limit) throw foreign(`a part of ${end - start} bytes`)
  return source.read(start, end - start)
}

function nodeOf(bytes: Uint8Array): OutlinedNode {
  const inputs: string[] = []
  const outputs: string[] = []
  const attributes = new Map<string, readonly number[]>()
  let operator = ''
  for (const [number, reader, wireType] of messageOf(bytes)) {
    if (number === 1) inputs.push(reader.string())
    else if (number === 2) outputs.push(reader.string())
    else if (number === 4) operator = reader.string()
    else if (number === 5) attributes.set(...attributeOf(reader.bytes()))
    else if (number === 7 && reader.string() !== '') throw foreign('operators of another program')
    else if (number !== 7) reader.skip(wireType, number)
  }
  return { operator, inputs, outputs, attributes }
}

// Numbers of AttributeProto that hold a graph, or several.
const graphs = [6, 11]

function attributeOf(bytes: Uint8Array): [string, readonly number[]] {
  let name = ''
  const values: number[] = []
  for (const [number, reader, wireType] of messageOf(bytes)) {
    if (number === 1) name = reader.string()
    else if (number === 3) values.push(Number(reader.int64()))
    else if (number === 8) for (const value of integersOf(reader, wireType)) values.push(value)
    else if (graphs.includes(number)) throw foreign('graphs inside graphs, such as loops')
    else reader.skip(wireType, number)
  }
  return [name, values]
}

const mostIntegers = 64

async function constantOf(source: ByteSource, field: Field): Promise<[string, OutlinedConstant]> {
  let name = ''
  let type = 0
  let location: string | null = null
  const shape: number[] = []
  let raw: Field | undefined
  for (const part of await fieldsOf(source, field.start, field.end)) {
    if (part.number === 9) raw = part
    else if (part.number === 8) name = new TextDecoder().decode(await bytesOf(source, part, most.piece))
    else if (part.number === 13) {
      const [key, value] = entryOf(await bytesOf(source, part, most.piece))
      if (key === 'location') location = value
    } else if (part.number === 1) for (const size of await numbersOf(source, part)) shape.push(size)
    else if (part.number === 2) type = part.value ?? 0
    else if (part.number !== 14 && part.end > part.start) throw foreign('constants in another form')
  }
  const isShort = type === 7 && raw !== undefined && raw.end - raw.start <= 8 * mostIntegers
  const integers = isShort && raw !== undefined ? longsOf(await bytesOf(source, raw, most.piece)) : null
  return [name, { shape, integers, location }]
}

/** One number, or several packed into one field. */
async function numbersOf(source: ByteSource, field: Field): Promise<number[]> {
  if (field.value !== null) return [field.value]
  const reader = new BinaryReader(await bytesOf(source, field, 10 * mostIntegers))
  const values: number[] = []
  while (reader.pos < reader.len) values.push(Number(reader.int64()))
  return values
}

function longsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.byteLength >> 3 }, (_, index) =>
    Number(view.getBigInt64(8 * index, true)),
  )
}

function integersOf(reader: BinaryReader, wireType: WireType): number[] {
  if (wireType !== WireType.LengthDelimited) return [Number(reader.int64())]
  const values: number[] = []
  const end = reader.uint32() + reader.pos
  while (reader.pos < end) values.push(Number(reader.int64()))
  return values
}

/** The name and the sizes of an input or output: ValueInfoProto → TypeProto → Tensor → TensorShapeProto. */
function valueOf(bytes: Uint8Array): [string, (number | null)[]] {
  let name = ''
  const sizes: (number | null)[] = []
  for (const [number, reader, wireType] of messageOf(bytes)) {
    if (number === 1) name = reader.string()
    else if (number === 2) {
      const shape = inner(inner(reader.bytes(), 1), 2)
      for (const [dimension, dimensions, type] of messageOf(shape)) {
        if (dimension === 1) sizes.push(sizeOf(dimensions.bytes()))
        else dimensions.skip(type, dimension)
      }
    } else reader.skip(wireType, number)
  }
  return [name, sizes]
}

/** The message in a field of a message; no bytes where there is none. */
function inner(bytes: Uint8Array, wanted: number): Uint8Array {
  for (const [number, reader, wireType] of messageOf(bytes)) {
    if (number === wanted && wireType === WireType.LengthDelimited) return reader.bytes()
    reader.skip(wireType, number)
  }
  return new Uint8Array()
}

function sizeOf(bytes: Uint8Array): number | null {
  for (const [number, reader, wireType] of messageOf(bytes)) {
    if (number === 1 && wireType === WireType.Varint) return Number(reader.int64())
    reader.skip(wireType, number)
  }
  return null
}

function entryOf(bytes: Uint8Array): [string, string] {
  const texts: [string, string] = ['', '']
  for (const [number, reader, wireType] of messageOf(bytes)) {
    if (number === 1 || number === 2) texts[number - 1] = reader.string()
    else reader.skip(wireType, number)
  }
  return texts
}

/** The tags of a message, with a reader that is to take or skip what follows each. */
function* messageOf(bytes: Uint8Array): Generator<[number, BinaryReader, WireType], void, void> {
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag()
    yield [number, reader, wireType]
  }
}

function foreign(what: string): AppError {
  const advice = say`Only .onnx files exported by ViT Studio can be opened.`
  return new AppError(
    'unsupported',
    say`It has ${what}, which models exported by ViT Studio do not have. ${advice}`,
  )
}
