/** @file The outline of a model's bytes: metadata, nodes and constants come back without the weights, and damage is noticed. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { add, constant, feed } from '../../../core/graph/build.ts'
import { encodeModel } from '../../../core/onnx/bytes.ts'
import { lowerGraph } from '../../../core/onnx/lower.ts'
import { readOutline, type Outline } from '../../../core/onnx/outline.ts'
import { filled } from '../../../core/tensor/tensor.ts'

function modelBytes(metadata: ReadonlyMap<string, string>): Uint8Array {
  const y = add(feed('x', [3]), constant(filled([3], 2)))
  return encodeModel(
    lowerGraph({ outputs: new Map([['y', y]]), updates: new Map() }, { name: 'm', metadata }),
  )
}

async function outlineOf(bytes: Uint8Array): Promise<Outline> {
  return readOutline({
    size: bytes.length,
    read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
  })
}

/** What `readOutline` throws, or null. */
async function refusal(bytes: Uint8Array): Promise<unknown> {
  return outlineOf(bytes).then(
    () => null,
    (error: unknown) => error,
  )
}

describe('the metadata of a model', () => {
  it('comes back as it was written', async () => {
    const metadata = new Map([
      ['labels', JSON.stringify(['Gänseblümchen', '向日葵', '🌷', ''])],
      ['empty', ''],
      ['long', 'x'.repeat(100_000)],
    ])
    expect((await outlineOf(modelBytes(metadata))).metadata).toEqual(metadata)
  })

  it('comes back whatever the keys and values are', async () => {
    const texts = fc.string({ unit: 'grapheme' })
    const entries = fc.uniqueArray(fc.tuple(texts, texts), { selector: ([key]) => key })
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        expect((await outlineOf(modelBytes(new Map(list)))).metadata).toEqual(new Map(list))
      }),
      { numRuns: 50, seed: 20 },
    )
  })
})

it('nodes, inputs and constants come back as they are', async () => {
  const { nodes, constants, inputs, outputs } = await outlineOf(modelBytes(new Map()))
  expect(nodes.map(({ operator }) => operator)).toEqual(['Add'])
  expect([...inputs]).toEqual([['x', [3]]])
  expect([...constants.values()]).toEqual([{ shape: [3], integers: null, location: null }])
  expect(outputs).toEqual(['y'])
})

describe('readOutline', () => {
  it.each([
    ['no bytes', new Uint8Array()],
    ['a text', new TextEncoder().encode('<!DOCTYPE html><html></html>')],
    ['zeros', new Uint8Array(100)],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46)],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ])('refuses %s', async (_, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ name: 'AppError', code: 'invalid_input' })
  })

  it('refuses a model that ends inside its graph or its metadata', async () => {
    const whole = modelBytes(new Map([['key', 'some value']]))
    const graphEnd = modelBytes(new Map()).length
    for (const length of [1, 5, 20, 50, graphEnd + 1, graphEnd + 5, whole.length - 1]) {
      expect(await refusal(whole.subarray(0, length)), `${length} bytes`).toBeInstanceOf(AppError)
    }
  })

  it('refuses a second graph, and functions that may hide one', async () => {
    const whole = modelBytes(new Map())
    for (const number of [7, 20, 25]) {
      const field = Uint8Array.of(
        (((number << 3) | 2) & 0x7f) | (number > 15 ? 0x80 : 0),
        ...(number > 15 ? [number >> 4] : []),
        0,
      )
      expect(await refusal(Buffer.concat([whole, field]))).toMatchObject({ code: 'unsupported' })
    }
  })

  it('throws nothing but AppErrors, whatever the bytes', async () => {
    const whole = modelBytes(new Map([['key', 'value']]))
    const damaged = fc
      .tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([place, bytes]) => {
        const copy = Uint8Array.from(whole)
        copy.set(bytes.subarray(0, copy.length - place), place)
        return copy
      })
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 60 }), damaged), async (bytes) => {
        const error = await refusal(bytes)
        expect(error === null || error instanceof AppError).toBe(true)
      }),
      { numRuns: 2000, seed: 20 },
    )
  })
})
