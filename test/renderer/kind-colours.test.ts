/**
 * @file The colours of kinds: far enough apart for people who see all colours and for those who are colour-blind, and from the
 * surfaces they lie on. Distances are Euclidean in OKLab (Ottosson 2020), where 0.02 is about what can just be noticed;
 * colour blindness is simulated after Machado, Oliveira and Fernandes (2009) at full severity.
 */
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { inProject } from '../../build/project.mjs'
import { kindAttributes, kindHues, kindOf, kindPatterns } from '../../renderer/kind-colours.ts'

type Triple = readonly [number, number, number]
type Matrix = readonly [Triple, Triple, Triple]

const sheet = (name: string): string => readFileSync(inProject('renderer', 'styles', name), 'utf8')
const kinds = sheet('kinds.css')
const tokens = sheet('tokens.css')

const visions: Readonly<Record<string, Matrix>> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Light and dark value of a token, as linear light. */
function valuesOf(css: string, token: string): { readonly light: Triple; readonly dark: Triple } {
  const found = new RegExp(`${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
  return { light: linear(found?.[1] ?? ''), dark: linear(found?.[2] ?? '') }
}

function linear(hex: string): Triple {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function times(matrix: Matrix, [x, y, z]: Triple): Triple {
  const row = ([a, b, c]: Triple): number => a * x + b * y + c * z
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

function toLab(colour: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple,
  )
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms.map(Math.cbrt) as unknown as Triple,
  )
}

function distance(a: Triple, b: Triple): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function luminance([red, green, blue]: Triple): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: Triple, b: Triple): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const colours = Array.from({ length: kindHues }, (_, hue) => valuesOf(kinds, `--kind-${hue}`))

describe.each(['light', 'dark'] as const)('the colours of kinds in the %s theme', (theme) => {
  it.each(Object.keys(visions))('can be told apart with %s', (vision) => {
    const seen = colours.map((colour) => toLab(times(visions[vision]!, colour[theme])))
    const distances = seen.flatMap((one, i) => seen.slice(i + 1).map((other) => distance(one, other)))
    expect(distances).toHaveLength((kindHues * (kindHues - 1)) / 2)
    expect(Math.min(...distances)).toBeGreaterThan(0.09)
  })

  it.each(['--surface', '--page', '--surface-sunken'])('stand out from %s', (surface) => {
    const behind = valuesOf(tokens, surface)[theme]
    for (const colour of colours) expect(contrast(colour[theme], behind)).toBeGreaterThan(2.7)
  })

  it('stand out from cards at three to one', () => {
    const behind = valuesOf(tokens, '--surface')[theme]
    for (const colour of colours) expect(contrast(colour[theme], behind)).toBeGreaterThanOrEqual(3)
  })
})

describe('the colour of a kind', () => {
  it('repeats with another pattern', () => {
    const all = Array.from({ length: kindHues * kindPatterns.length }, (_, index) =>
      JSON.stringify(kindOf(index)),
    )
    expect(new Set(all).size).toBe(all.length)
    expect(kindOf(0)).toEqual({ hue: 0, pattern: 'plain' })
    expect(kindOf(kindHues)).toEqual({ hue: 0, pattern: 'striped' })
    expect(kindOf(kindHues * kindPatterns.length)).toEqual(kindOf(0))
  })

  it('is in the style sheet, as every pattern is', () => {
    for (const [index] of colours.entries()) {
      const { 'data-kind': hue } = kindAttributes(index)!
      expect(kinds).toContain(`[data-kind='${hue}'] {\n  --kind: var(--kind-${hue});`)
    }
    for (const pattern of kindPatterns) expect(kinds).toContain(`[data-kind-pattern='${pattern}'] {`)
    expect(kindAttributes(-1)).toBeUndefined()
  })
})
