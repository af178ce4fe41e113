/** @file Columns of numbers as the contract sends them. */

const bytesPerNumber = 4

/** Little-endian unsigned 32-bit numbers. */
export function toUnsignedBytes(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytesPerNumber * numbers.length))
  for (const [index, value] of numbers.entries()) view.setUint32(bytesPerNumber * index, value, true)
  return new Uint8Array(view.buffer)
}

/** Little-endian signed 32-bit numbers. */
export function toSignedBytes(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytesPerNumber * numbers.length))
  for (const [index, value] of numbers.entries()) view.setInt32(bytesPerNumber * index, value, true)
  return new Uint8Array(view.buffer)
}

/** Little-endian 32-bit floats. */
export function toFloatBytes(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytesPerNumber * numbers.length))
  for (const [index, value] of numbers.entries()) view.setFloat32(bytesPerNumber * index, value, true)
  return new Uint8Array(view.buffer)
}
