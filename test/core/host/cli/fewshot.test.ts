/** @file `fewshot` from arguments to output, on tiny models. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { linesOf, studio, studioJson, studioUntil, useWorkplace, writeSquares } from './studio.ts'

const place = useWorkplace()
const asked = (...more: string[]): string[] => [
  'fewshot',
  '--model',
  place.model,
  '--data',
  place.data,
  '--engine',
  'cpu',
  ...more,
]

describe('fewshot', () => {
  beforeAll(() => writeSquares(join(place.folder, 'new'), 3))

  it('says what one model reaches for all shots, and which classes are hard', async () => {
    const { code, stdout } = await studio(...asked('--shots', '1,4', '--seeds', '2'))
    expect(code).toBe(0)
    expect(stdout).toMatch(/1, 4 images of each of 3 classes, 2 draws; tested on 6 held-out images/)
    expect(stdout).toMatch(
      /1 +image per class +\d+\.\d % +± \d+\.\d %\n +4 +images per class +\d+\.\d % +± \d+\.\d %/,
    )
    expect(stdout).not.toMatch(/Suits/)
  })

  it('reports everything to programs, and is known the second time', async () => {
    const options = asked('--val', join(place.folder, 'new'), '--shots', '2,8', '--seeds', '3')
    const first = await studioJson(...options)
    expect(first.code).toBe(0)
    expect(first.lines[0]).toMatchObject({ type: 'start', shots: [2, 8], seeds: 3, tests: 9, training: 24 })
    expect(first.last).toMatchObject({ type: 'done', best: place.model, alike: [] })
    const result = first.lines.find(({ type }) => type === 'result')
    expect(result).toMatchObject({
      model: place.model,
      shots: [
        { shots: 2, images: 6 },
        { shots: 8, images: 24, spread: 0 },
      ],
    })
    const again = await studioJson(...options)
    expect(again.lines.find(({ type }) => type === 'result')).toMatchObject({
      computed: 0,
      shots: result?.['shots'],
    })
  })

  it('compares models, and leaves out one that cannot be read', async () => {
    const missing = join(place.folder, 'nothing.safetensors')
    const { code, lines, last } = await studioJson(
      ...asked('--model', missing, '--seeds', '1', '--shots', '3'),
    )
    expect(code).toBe(0)
    expect(lines.find(({ type }) => type === 'failed')).toMatchObject({ model: missing, code: 'not_found' })
    expect(last).toMatchObject({
      best: place.model,
      results: [{ model: place.model, shots: [{ spread: null }] }],
    })
    const both = await studio(...asked('--model', place.model, '--seeds', '1', '--shots', '3'))
    expect(both.stdout).toMatch(/Suits these images best: .*model; .*model within its spread/)
  })

  it('refuses what it cannot do, with a sentence', async () => {
    const wrong = await studio(...asked('--shots', '1,x'))
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/--shots takes numbers with commas/),
    ])
    const alone = await studio('fewshot', '--model', join(place.folder, 'none'), '--data', place.data)
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringMatching(/none/)])
    const one = join(place.folder, 'one')
    mkdirSync(join(one, 'only'), { recursive: true })
    expect((await studio('fewshot', '--model', place.model, '--data', one)).code).toBe(2)
  })

  it('stops when asked', async () => {
    const { code, stdout } = await studioUntil(AbortSignal.abort(), asked('--json'))
    expect(code).toBe(130)
    expect(linesOf(stdout).at(-1)).toMatchObject({ type: 'error', code: 'cancelled' })
  })
})
