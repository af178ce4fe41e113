/** @file safetensors: round trips, a file of the official library, and every way in which a file can be wrong. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openSafetensors } from '../../../core/files/safetensors-read.ts'
import { writeSafetensors } from '../../../core/files/safetensors-write.ts'
import { sizeOf } from '../../../core/tensor/shape.ts'
import { floats, floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { fixture } from './tiny-models.ts'

async function readAll(path: string): Promise<Map<string, FloatTensor>> {
  const file = await openSafetensors(path)
  try {
    const entries = new Map<string, FloatTensor>()
    for (const name of file.tensors.keys()) entries.set(name, await file.read(name))
    return entries
  } finally {
    await file.close()
  }
}

/** A file with a header of one's own. */
async function forged(header: unknown, dataBytes: number, text = JSON.stringify(header)): Promise<string> {
  const path = join(temporaryFolder(), 'forged.safetensors')
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(text)))
  await writeFile(path, Buffer.concat([length, Buffer.from(text), Buffer.alloc(dataBytes)]))
  return path
}

const f32 = (shape: number[], begin: number, end: number, dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

describe('round trip', () => {
  it('keeps names, order, shapes, bits and metadata', async () => {
    const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
    const tensor = shape.chain((sizes) =>
      fc
        .array(fc.float(), { minLength: sizeOf(sizes), maxLength: sizeOf(sizes) })
        .map((values) => floatTensor(sizes, Float32Array.from(values))),
    )
    const names = fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__')
    const path = join(temporaryFolder(), 'model.safetensors')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, tensor), { maxLength: 5 }), async (list) => {
        const tensors = new Map(list.filter(([name]) => !/^\d+$/.test(name)))
        await writeSafetensors(path, tensors, { metadata: { step: '17' } })
        expect(await readAll(path)).toEqual(tensors)
      }),
      { numRuns: 40 },
    )
    const file = await openSafetensors(path)
    expect([...file.metadata]).toEqual([
      ['format', 'pt'],
      ['step', '17'],
    ])
    await file.close()
  })

  it('aligns the data to 8 bytes', async () => {
    const path = join(temporaryFolder(), 'model.safetensors')
    await writeSafetensors(path, new Map([['ä', floats([1], [1])]]))
    expect((await readFile(path)).readUInt32LE(0) % 8).toBe(0)
  })

  it('stores half precision on request and refuses what does not fit', async () => {
    const path = join(temporaryFolder(), 'half.safetensors')
    await writeSafetensors(path, new Map([['a', floats([3], [1, 1 / 3, -65504])]]), { type: 'F16' })
    expect([...(await readAll(path)).get('a')!.data]).toEqual([1, 0.333251953125, -65504])
    const large = writeSafetensors(path, new Map([['wide', floats([1], [1e6])]]), { type: 'F16' })
    await expect(large).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('“wide” holds 1000000'),
    })
    expect((await readAll(path)).has('a')).toBe(true)
  })
})

describe('a file of the official library', () => {
  it('is read, F16 widened', async () => {
    const tensors = await readAll(fixture('timm-half.safetensors'))
    expect(tensors.get('pos_embed')).toEqual(
      floats(
        [1, 5, 8],
        Array.from({ length: 40 }, (_, index) => 1 + index / 64),
      ),
    )
  })
})

describe('a damaged file', () => {
  const cases: [string, unknown, number, string][] = [
    ['overlap', { a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12, '“a” and “b” overlap at byte 4'],
    ['gap', { a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12, '4 bytes before tensor “b” belong to nothing'],
    ['trailing bytes', { a: f32([1], 0, 4) }, 9, '5 bytes after the last tensor'],
    ['truncated data', { a: f32([4], 0, 16) }, 7, 'tensor “a” ends at byte 16, but only 7 bytes'],
    [
      'shape against size',
      { a: f32([3], 0, 8) },
      8,
      '“a” needs 12 bytes for F32 [3], but its offsets span 8',
    ],
    ['backwards offsets', { a: f32([1], 8, 4) }, 8, 'its offsets span -4'],
    ['huge shape', { a: f32([2 ** 50, 2 ** 50], 0, 8) }, 8, 'its offsets span 8'],
    ['negative size', { a: f32([-1], 0, 4) }, 4, '“a” has no valid shape'],
    ['fractional offset', { a: f32([1], 0.5, 4.5) }, 5, '“a” has no valid data offsets'],
    ['unknown type', { a: f32([1], 0, 4, 'F3') }, 4, '“a” has the unknown element type “F3”'],
    ['no type', { a: { shape: [], data_offsets: [0, 4] } }, 4, '“a” has no element type'],
    ['entry no object', { a: 5 }, 0, '“a” is not an object'],
    ['list', [1], 0, 'not a JSON object'],
  ]
  it.each(cases)('%s is named', async (_, header, bytes, message) => {
    await expect(openSafetensors(await forged(header, bytes))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(message),
    })
  })

  it('bad JSON, bad UTF-8, a wrong length and too few bytes are reported', async () => {
    await expect(openSafetensors(await forged(null, 0, '{"a": '))).rejects.toThrow('not valid JSON')
    const path = join(temporaryFolder(), 'x.safetensors')
    const write = (length: number, rest: number[]) =>
      writeFile(
        path,
        Buffer.concat([Buffer.from(BigUint64Array.of(BigInt(length)).buffer), Buffer.from(rest)]),
      )
    await write(2, [0x7b, 0xff])
    await expect(openSafetensors(path)).rejects.toThrow('not valid JSON')
    await write(1000, [0x7b, 0x7d])
    await expect(openSafetensors(path)).rejects.toThrow(
      'should reach to byte 1008, but the file has 10 bytes',
    )
    await write(2 ** 40, [0x7b, 0x7d])
    await expect(openSafetensors(path)).rejects.toThrow('claims to be 1099511627776 bytes long')
    await writeFile(path, 'short')
    await expect(openSafetensors(path)).rejects.toThrow('only 5 bytes long')
  })

  it('never gets past the checks when cut off anywhere', async () => {
    const path = join(temporaryFolder(), 'whole.safetensors')
    await writeSafetensors(
      path,
      new Map([
        ['a', floats([2], [1, 2])],
        ['b', floats([1], [3])],
      ]),
    )
    const whole = await readFile(path)
    for (let length = 0; length < whole.byteLength; length++) {
      await writeFile(path, whole.subarray(0, length))
      await expect(openSafetensors(path)).rejects.toMatchObject({ code: 'invalid_input' })
    }
  })

  it('other types are listed, and refused by name when read', async () => {
    const file = await openSafetensors(await forged({ ids: f32([2], 0, 16, 'I64') }, 16))
    expect(file.tensors.get('ids')).toMatchObject({ type: 'I64', shape: [2] })
    await expect(file.read('ids')).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('“ids”'),
    })
    await file.close()
  })
})
