/** @file npz: files of NumPy itself, round trips, and damaged archives. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { encodeNpyHeader, parseNpyHeader } from '../../../core/files/npy.ts'
import { openNpz } from '../../../core/files/npz-read.ts'
import { writeNpz } from '../../../core/files/npz-write.ts'
import type { TensorFile } from '../../../core/files/tensor-file.ts'
import { floats, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { fixture } from './tiny-models.ts'
import { zipFile } from './zips.ts'

async function withNpz<T>(path: string, work: (file: TensorFile) => Promise<T>): Promise<T> {
  const file = await openNpz(path)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

const lazily = (tensors: ReadonlyMap<string, FloatTensor>) =>
  [...tensors].map(([name, tensor]) => ({ name, shape: tensor.shape, load: () => tensor }))

const counting = Array.from({ length: 24 }, (_, index) => index)

describe.each(['arrays.npz', 'compressed.npz'])('%s, made by NumPy', (name) => {
  it('gives every floating type and memory order as row-major float32', async () => {
    await withNpz(fixture(name), async (file) => {
      const base = floats([4, 6], counting)
      for (const array of ['plain', 'folder/column_major', 'half', 'double', 'brain']) {
        expect(await file.read(array)).toEqual(base)
      }
      expect(await file.read('vector')).toEqual(floats([6], [0, 1, 2, 3, 4, 5]))
      expect(await file.read('scalar')).toEqual(floats([], [2.5]))
      expect(await file.read('cube')).toEqual(floats([2, 3, 4], counting))
    })
  })

  it('lists integers and refuses to read them as weights', async () => {
    await withNpz(fixture(name), async (file) => {
      expect(file.tensors.get('opt/step')).toMatchObject({ shape: [], type: '<i4' })
      await expect(file.read('opt/step')).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining('“opt/step”'),
      })
    })
  })
})

it('arrays of Python objects are refused on opening', async () => {
  await expect(openNpz(fixture('objects.npz'))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('“objects”'),
  })
})

describe('writeNpz', () => {
  it('writes what reads back the same, and the same bytes every time', async () => {
    const folder = temporaryFolder()
    const tensors = new Map([
      ['a/kernel', floats([2, 3], [1, 2, 3, 4, 5, 6])],
      ['vector', floats([1], [7])],
      ['scalar', floats([], [8])],
    ])
    await writeNpz(join(folder, 'one.npz'), lazily(tensors))
    await writeNpz(join(folder, 'two.npz'), lazily(tensors))
    expect(await readFile(join(folder, 'one.npz'))).toEqual(await readFile(join(folder, 'two.npz')))
    await withNpz(join(folder, 'one.npz'), async (file) => {
      expect([...file.tensors.keys()]).toEqual([...tensors.keys()])
      for (const [name, tensor] of tensors) expect(await file.read(name)).toEqual(tensor)
    })
  })

  it('leaves no file when a tensor cannot be made', async () => {
    const path = join(temporaryFolder(), 'model.npz')
    const failing = {
      name: 'a',
      shape: [1],
      load: () => {
        throw new Error('no such tensor')
      },
    }
    await expect(writeNpz(path, [failing])).rejects.toThrow('no such tensor')
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })
})

describe('the .npy header', () => {
  it('says back any shape, and aligns the values to 64 bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 6 }), (shape) => {
        const bytes = encodeNpyHeader(shape)
        expect(bytes.byteLength % 64).toBe(0)
        expect(parseNpyHeader(bytes, 'a')).toEqual({
          type: '<f4',
          columnMajor: false,
          shape,
          dataStart: bytes.byteLength,
        })
      }),
    )
  })

  it('of version 2 has a longer length field', () => {
    const text = "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }"
    const bytes = Buffer.concat([
      Buffer.from('\u0093NUMPY\u0002\u0000', 'latin1'),
      Buffer.from([text.length, 0, 0, 0]),
      Buffer.from(text),
    ])
    expect(parseNpyHeader(bytes, 'a')).toEqual({
      type: '<f4',
      columnMajor: true,
      shape: [2],
      dataStart: 12 + text.length,
    })
  })

  it.each([
    ["{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", 'array of records'],
    ["{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 'Python objects'],
    ["{'descr': '<f4', 'shape': (2,), }", 'its description is not understood'],
  ])('%s is refused', (text, message) => {
    const bytes = Buffer.concat([
      Buffer.from('\u0093NUMPY\u0001\u0000', 'latin1'),
      Buffer.from([text.length, 0]),
      Buffer.from(text),
    ])
    expect(() => parseNpyHeader(bytes, 'Array “a”')).toThrow(message)
  })

  it('cut off or of another format is reported', () => {
    const header = encodeNpyHeader([2])
    expect(() => parseNpyHeader(header.subarray(0, 40), 'a')).toThrow('cut off')
    expect(() => parseNpyHeader(Buffer.from('not an array'), 'a')).toThrow('first bytes differ')
    expect(() =>
      parseNpyHeader(Buffer.concat([header.subarray(0, 6), Buffer.from([9]), header.subarray(7)]), 'a'),
    ).toThrow('version is 9')
  })
})

describe('a damaged archive', () => {
  const array = Buffer.concat([encodeNpyHeader([3]), Buffer.from(Float32Array.of(1, 2, 3).buffer)])

  it('with a shape that does not fit the size is refused with both', async () => {
    const path = await zipFile('short.npz', { 'a.npy': array.subarray(0, -4) })
    await expect(openNpz(path)).rejects.toThrow(/“a” .* \[3\] should take 140 bytes, but takes 136/)
  })

  it('with a flipped bit fails its checksum', async () => {
    const path = await zipFile('flipped.npz', { 'a.npy': array })
    const bytes = await readFile(path)
    const place = bytes.indexOf(Buffer.from(Float32Array.of(2).buffer))
    bytes[place] = 1
    await writeFile(path, bytes)
    await withNpz(path, (file) => expect(file.read('a')).rejects.toThrow('checksum of “a.npy” is wrong'))
  })

  it('cut off anywhere is an error a person can act on', async () => {
    const path = await zipFile('cut.npz', { 'a.npy': array })
    const bytes = await readFile(path)
    for (let length = 0; length < bytes.byteLength; length += 3) {
      await writeFile(path, bytes.subarray(0, length))
      await expect(openNpz(path)).rejects.toMatchObject({
        code: 'invalid_input',
        message: expect.stringContaining('cut.npz'),
      })
    }
  })

  it('that lists a name twice is refused', async () => {
    const path = await zipFile('twice.npz', { 'a.npy': array, 'b.npy': array })
    const bytes = await readFile(path)
    await writeFile(path, Buffer.from(bytes.toString('latin1').replaceAll('b.npy', 'a.npy'), 'latin1'))
    await expect(openNpz(path)).rejects.toThrow('lists “a.npy” twice')
  })
})
