/** @file Model bytes: ONNX Runtime accepts them, metadata comes back, and damage is noticed. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { add, constant, feed } from '../../../core/graph/build.ts'
import { encodeModel, readMetadata } from '../../../core/onnx/bytes.ts'
import { lowerGraph } from '../../../core/onnx/lower.ts'
import { filled } from '../../../core/tensor/tensor.ts'

function modelBytes(metadata: ReadonlyMap<string, string>): Uint8Array {
  const y = add(feed('x', [3]), constant(filled([3], 2)))
  return encodeModel(
    lowerGraph({ outputs: new Map([['y', y]]), updates: new Map() }, { name: 'm', metadata }),
  )
}

/** What `readMetadata` throws, or null. */
function refusal(bytes: Uint8Array): unknown {
  try {
    readMetadata(bytes)
    return null
  } catch (error) {
    return error
  }
}

describe('the metadata of a model', () => {
  it('comes back as it was written', () => {
    const metadata = new Map([
      ['labels', JSON.stringify(['Gänseblümchen', '向日葵', '🌷', ''])],
      ['empty', ''],
      ['long', 'x'.repeat(100_000)],
    ])
    expect(readMetadata(modelBytes(metadata))).toEqual(metadata)
  })

  it('comes back whatever the keys and values are', () => {
    const texts = fc.string({ unit: 'grapheme' })
    const entries = fc.uniqueArray(fc.tuple(texts, texts), { selector: ([key]) => key })
    fc.assert(
      fc.property(entries, (list) => {
        expect(readMetadata(modelBytes(new Map(list)))).toEqual(new Map(list))
      }),
      { numRuns: 50, seed: 20 },
    )
  })

  it('is found in bytes that are a part of a larger buffer', () => {
    const bytes = modelBytes(new Map([['a', 'b']]))
    const buffer = new Uint8Array(bytes.length + 20)
    buffer.set(bytes, 7)
    expect(readMetadata(buffer.subarray(7, 7 + bytes.length))).toEqual(new Map([['a', 'b']]))
  })
})

describe('readMetadata', () => {
  it.each([
    ['no bytes', new Uint8Array()],
    ['a text', new TextEncoder().encode('<!DOCTYPE html><html></html>')],
    ['zeros', new Uint8Array(100)],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46)],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ])('refuses %s', (_, bytes) => {
    expect(refusal(bytes)).toMatchObject({ name: 'AppError', code: 'invalid_input' })
  })

  it('refuses a model that ends inside its graph or its metadata', () => {
    const whole = modelBytes(new Map([['key', 'some value']]))
    const graphEnd = modelBytes(new Map()).length
    for (const length of [1, 5, 20, 50, graphEnd + 1, graphEnd + 5, whole.length - 1]) {
      expect(refusal(whole.subarray(0, length)), `${length} bytes`).toBeInstanceOf(AppError)
    }
  })

  it('throws nothing but AppErrors, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const error = refusal(bytes)
        expect(error === null || error instanceof AppError).toBe(true)
      }),
      { numRuns: 2000, seed: 20 },
    )
  })
})
