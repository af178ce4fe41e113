/** @file Named rows of numbers as one file: the length of a header, the header as JSON, the rows one after the other. */
import * as z from 'zod'
import { parseJson } from '../../files/json-text.ts'

const Header = z.object({ width: z.int().positive(), names: z.array(z.string()) })

const lengthBytes = 4
const floatBytes = 4

/** Rows of one width [D], by name. Numbers are written in the byte order of this machine. */
export function encodeRows(rows: ReadonlyMap<string, Float32Array>): Uint8Array {
  const [first] = rows.values()
  const width = first?.length ?? 1
  const header = Buffer.from(JSON.stringify({ width, names: [...rows.keys()] }))
  const bytes = Buffer.alloc(lengthBytes + header.length + rows.size * width * floatBytes)
  bytes.writeUInt32LE(header.length)
  header.copy(bytes, lengthBytes)
  let offset = lengthBytes + header.length
  for (const row of rows.values()) {
    bytes.set(new Uint8Array(row.buffer, row.byteOffset, row.byteLength), offset)
    offset += row.byteLength
  }
  return bytes
}

/** The rows of a file; null if it is not such a file, or incomplete. */
export function decodeRows(bytes: Uint8Array): Map<string, Float32Array> | null {
  if (bytes.length < lengthBytes) return null
  const start = lengthBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const header = readHeader(bytes.subarray(lengthBytes, start))
  if (header === null || bytes.length !== start + header.names.length * header.width * floatBytes) return null
  const { width, names } = header
  // Copied, because floats must be aligned to four bytes.
  const values = new Float32Array(new Uint8Array(bytes.subarray(start)).buffer)
  return new Map(names.map((name, row) => [name, values.slice(row * width, (row + 1) * width)]))
}

function readHeader(bytes: Uint8Array): z.output<typeof Header> | null {
  try {
    return Header.parse(parseJson(Buffer.from(bytes).toString('utf8')))
  } catch {
    return null
  }
}
