/** @file The .npy header: how NumPy describes one array. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import type { Shape } from '../tensor/shape.ts'
import type { FloatType } from './element-types.ts'
import { mostAxes } from './tensor-file.ts'

/** What the header of an array says. */
export interface NpyHeader {
  /** Element type as NumPy writes it, such as `<f4`. */
  readonly type: string
  readonly columnMajor: boolean
  readonly shape: Shape
  /** Where the values begin, in bytes. */
  readonly dataStart: number
}

/** Enough bytes of a file to hold the header of an array of up to about thirty axes. */
export const npyHeaderBytes = 512

/** Types whose values can be read. JAX writes bfloat16 as two raw bytes, `V2`. */
export const npyFloatTypes: ReadonlyMap<string, FloatType> = new Map([
  ['<f4', 'float32'],
  ['<f2', 'float16'],
  ['<f8', 'float64'],
  ['|V2', 'bfloat16'],
  ['<V2', 'bfloat16'],
])

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/**
 * Reads the header at the start of `bytes`.
 *
 * @param what names the array, for errors
 * @throws AppError `invalid_input` when it is not a .npy header, `unsupported` for arrays of Python objects
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpyHeader(bytes: Uint8Array, what: string): NpyHeader {
  const wrong = (why: string): AppError =>
    new AppError(
      'invalid_input',
      say`${what} is not a valid NumPy array: ${why}. Copy or download the file again.`,
    )
  if (bytes.byteLength < 12 || magic.some((byte, index) => bytes[index] !== byte))
    throw wrong('its first bytes differ')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint8(6)
  if (version < 1 || version > 3) throw wrong(`its format version is ${version}`)
  const textStart = version === 1 ? 10 : 12
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (textStart + length > bytes.byteLength) throw wrong('its header is cut off')
  const text = new TextDecoder().decode(bytes.subarray(textStart, textStart + length))
  return { ...parseDescription(text, what, wrong), dataStart: textStart + length }
}

function parseDescription(
  text: string,
  what: string,
  wrong: (why: string) => AppError,
): Omit<NpyHeader, 'dataStart'> {
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1]
  if (type === undefined && /'descr':\s*\[/.test(text)) {
    throw new AppError('unsupported', say`${what} is an array of records; only plain numbers can be read.`)
  }
  if (type === undefined || order === undefined || shape === undefined)
    throw wrong('its description is not understood')
  if (/^[|<>=]?O/.test(type)) {
    throw new AppError(
      'unsupported',
      say`${what} is an array of Python objects, which could run code when it is read. It was refused; save the weights as plain arrays.`,
    )
  }
  const texts = shape.split(',').map((size) => size.trim())
  const sizes = texts.filter((size) => size !== '').map(Number)
  if (sizes.length > mostAxes || !sizes.every(Number.isSafeInteger)) throw wrong('its shape is no shape')
  return { type, columnMajor: order === 'True', shape: sizes }
}

/** The header of a row-major float32 array, padded so that the values start at a multiple of 64 bytes. */
export function encodeNpyHeader(shape: Shape): Uint8Array {
  const sizes = shape.length === 1 ? `${shape.join('')},` : shape.join(', ')
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`
  const padding = 63 - ((10 + text.length) % 64)
  const header = Buffer.from(`??????????${text}${' '.repeat(padding)}\n`, 'latin1')
  header.set([...magic, 1, 0])
  header.writeUInt16LE(header.byteLength - 10, 8)
  return header
}
