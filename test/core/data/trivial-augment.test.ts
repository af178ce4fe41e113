/** @file The operations against Pillow's pictures, and how they are drawn. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Colour, RgbImage } from '../../../core/data/image.ts'
import { applyOperation, trivialAugment, type Operation } from '../../../core/data/trivial-augment.ts'
import { createRandom, forkRandom } from '../../../core/tensor/random.ts'

interface Golden {
  readonly width: number
  readonly height: number
  readonly fill: Colour
  readonly pixels: string
  readonly cases: readonly { readonly name: Operation; readonly amount: number; readonly pixels: string }[]
}

const path = join(import.meta.dirname, '../../golden/variation/golden.json')
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden
const { width, height, fill } = golden
const image: RgbImage = { width, height, data: Buffer.from(golden.pixels, 'base64') }

describe('an operation', () => {
  it.each(golden.cases)(
    '$name of $amount gives the picture that Pillow makes',
    ({ name, amount, pixels }) => {
      const wanted = Buffer.from(pixels, 'base64')
      const { data } = applyOperation(image, name, amount, fill)
      const differences = Array.from(wanted, (value, place) => Math.abs(value - (data[place] ?? -256)))
      // Pillow multiplies in single precision and truncates: a value on the edge may fall one level lower.
      expect(Math.max(...differences)).toBeLessThanOrEqual(1)
      expect(differences.filter((one) => one > 0).length).toBeLessThan(wanted.length / 50)
    },
  )

  it('changes the picture, and not the one it was given', () => {
    const before = Buffer.from(image.data)
    for (const { name, amount } of golden.cases)
      expect(applyOperation(image, name, amount, fill).data.equals(before)).toBe(false)
    expect(image.data.equals(before)).toBe(true)
  })
})

describe('TrivialAugment', () => {
  it('follows from the generator alone', () => {
    const draw = (seed: number): Buffer => trivialAugment(image, fill, createRandom(seed)).data
    expect(draw(3).equals(draw(3))).toBe(true)
  })

  it('draws every kind of picture, the unchanged one among them', () => {
    const drawn = Array.from({ length: 400 }, (_, k) => trivialAugment(image, fill, forkRandom(1, k)).data)
    const unchanged = drawn.filter((data) => data.equals(image.data)).length
    // One operation in ten leaves it unchanged, and so does the weakest of 31 strengths.
    expect(unchanged / 400).toBeGreaterThan(0.07)
    expect(unchanged / 400).toBeLessThan(0.2)
    expect(new Set(drawn.map((data) => data.toString('base64'))).size).toBeGreaterThan(150)
  })
})
