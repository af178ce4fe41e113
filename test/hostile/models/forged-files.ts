/** @file Writers of safetensors, zip, npz and pickles that write whatever they are told, however wrong. */
import { crc32, deflateRawSync } from 'node:zlib'

import type { FloatTensor } from '../../../core/tensor/tensor.ts'

/** A file of an archive; what is left out is as it should be. */
export interface ForgedEntry {
  readonly name: string
  readonly bytes: Uint8Array
  readonly deflate?: boolean
  /** Sizes, checksum, flags and method as they are stated. */
  readonly states?: Partial<Stated>
  /** Its header is that of the entry of this number, whose bytes are its bytes too. */
  readonly sharesWith?: number
}

interface Stated {
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly flags: number
  readonly method: number
  readonly offset: number
}

/** A zip of these entries; `count` is how many it says to have. */
export function forgedZip(entries: readonly ForgedEntry[], count = entries.length): Buffer {
  const parts: Buffer[] = []
  const offsets: number[] = []
  const directory: Buffer[] = []
  let position = 0
  for (const { name, bytes, deflate = false, states = {}, sharesWith } of entries) {
    const packed = deflate ? deflateRawSync(bytes, { level: 9 }) : Buffer.from(bytes)
    const offset = sharesWith === undefined ? position : (offsets[sharesWith] ?? 0)
    const stated: Stated = {
      crc: crc32(bytes),
      packed: packed.length,
      unpacked: bytes.length,
      flags: 2048,

      method: deflate ? 8 : 0,
      offset,
      ...states,
    }
    offsets.push(offset)
    directory.push(headerOf(name, stated, true))
    if (sharesWith !== undefined) continue
    const local = headerOf(name, stated, false)
    parts.push(local, packed)
    position += local.length + packed.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(count & 0xffff, 8)
  end.writeUInt16LE(count & 0xffff, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(position, 16)
  return Buffer.concat([...parts, ...directory, end])
}

function headerOf(name: string, stated: Stated, central: boolean): Buffer {
  const text = Buffer.from(name, 'utf8')
  const [start, length] = central ? [6, 46] : [4, 30]
  const header = Buffer.alloc(length)
  header.writeUInt32LE(central ? 0x02014b50 : 0x04034b50)
  header.writeUInt16LE(20, start)
  header.writeUInt16LE(stated.flags, start + 2)
  header.writeUInt16LE(stated.method, start + 4)
  header.writeUInt32LE(stated.crc, start + 10)
  header.writeUInt32LE(stated.packed, start + 14)
  header.writeUInt32LE(stated.unpacked, start + 18)
  header.writeUInt16LE(text.length, start + 22)
  if (central) header.writeUInt32LE(stated.offset, 42)
  return Buffer.concat([header, text])
}

/** A safetensors file with this header before `data`; `length` is how long it says to be. */
export function forgedSafetensors(header: string | Uint8Array, data: Uint8Array, length?: bigint): Buffer {
  const text = Buffer.from(header)
  const start = Buffer.alloc(8)
  start.writeBigUInt64LE(length ?? BigInt(text.length))
  return Buffer.concat([start, text, data])
}

/** The header of tensors that lie one after the other, and the bytes they take. */
export function headerOfTensors(shapes: ReadonlyMap<string, readonly number[]>): {
  entries: Record<string, { dtype: string; shape: readonly number[]; data_offsets: number[] }>
  size: number
} {
  let end = 0
  const entries = [...shapes].map(([name, shape]) => {
    const begin = end
    end += 4 * shape.reduce((product, size) => product * size, 1)
    return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }]
  })
  return { entries: Object.fromEntries(entries), size: end }
}

/** An array of npz whose header is this text. */
export function forgedNpy(description: string, data: Uint8Array, version = 1, length?: number): Buffer {
  const text = Buffer.from(description, 'latin1')
  const start = Buffer.alloc(version === 1 ? 10 : 12)
  start.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0])
  if (version === 1) start.writeUInt16LE((length ?? text.length) & 0xffff, 8)
  else start.writeUInt32LE((length ?? text.length) >>> 0, 8)
  return Buffer.concat([start, text, data])
}

/** The pieces of a pickle of protocol 2, as the instructions that make each. */
export const pickle = {
  whole: (body: string): Buffer => Buffer.from(`\u0080\u0002${body}.`, 'latin1'),
  text: (value: string): string => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(Buffer.byteLength(value))
    return `X${length.toString('latin1')}${Buffer.from(value).toString('latin1')}`
  },
  int: (value: number): string => {
    if (value >= 0 && value < 2 ** 31) {
      const bytes = Buffer.alloc(4)
      bytes.writeInt32LE(value)
      return `J${bytes.toString('latin1')}`
    }
    const long = Buffer.alloc(8)
    long.writeBigInt64LE(BigInt(value))
    return `\u008a\u0008${long.toString('latin1')}`
  },
  tuple: (items: readonly string[]): string => `(${items.join('')}t`,
  global: (module: string, name: string): string => `c${module}\n${name}\n`,
  call: (callee: string, args: string): string => `${callee}${args}R`,
  dict: (items: readonly (readonly [string, string])[]): string =>
    `}(${items.map(([key, value]) => key + value).join('')}u`,
}

/** How a tensor is described in a pickle; it lies in the storage `key`. */
export interface ForgedView {
  readonly key: string
  readonly type?: string
  readonly offset?: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

export function pickledTensor({
  key,
  type = 'FloatStorage',
  offset = 0,
  shape,
  strides,
}: ForgedView): string {
  const { call, global, int, text, tuple } = pickle
  const storage = `${tuple([text('storage'), global('torch', type), text(key), text('cpu'), int(1)])}Q`
  const sizes = (values: readonly number[]): string => tuple(values.map(int))
  return call(
    global('torch._utils', '_rebuild_tensor_v2'),
    tuple([storage, int(offset), sizes(shape), sizes(strides), '\u0089', '}']),
  )
}

/** A PyTorch file of this pickle and these storages. */
export function torchFile(body: Buffer, storages: Readonly<Record<string, Uint8Array>> = {}): Buffer {
  return forgedZip([
    { name: 'archive/data.pkl', bytes: body },
    { name: 'archive/version', bytes: Buffer.from('3\n') },
    ...Object.entries(storages).map(([key, bytes]) => ({ name: `archive/data/${key}`, bytes })),
  ])
}

/** The pickle of a dictionary of these tensors, with a storage for each. */
export function stateDict(tensors: ReadonlyMap<string, FloatTensor>): {
  body: string
  storages: Record<string, Uint8Array>
} {
  const entries = [...tensors].map(([name, { shape, data }], index) => {
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
    const view = pickledTensor({ key: String(index), shape, strides })
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    return { item: [pickle.text(name), view] as const, storage: [String(index), bytes] as const }
  })
  return {
    body: pickle.dict(entries.map(({ item }) => item)),
    storages: Object.fromEntries(entries.map(({ storage }) => storage)),
  }
}
