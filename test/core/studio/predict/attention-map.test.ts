import { describe, expect, it } from 'vitest'

import { frameTo } from '../../../../core/data/preprocess.ts'
import { mapOverImage } from '../../../../core/studio/predict/attention-map.ts'
import { floats } from '../../../../core/tensor/tensor.ts'
import type { Resize } from '../../../../core/vit/config.ts'

const map = floats([2, 2], [0.1, 0.2, 0.3, 0.4])
const side = { width: 8, height: 8 }
const plain = { mean: [0, 0, 0], std: [1, 1, 1] } as const
const over = (resize: Resize, image: { width: number; height: number }) =>
  mapOverImage(map, image, frameTo(side, plain, { resize, kernel: 'cubic' })).shares

describe('a map over an image', () => {
  const wide = { width: 40, height: 20 }

  it('is as it is where the whole image is squashed', () => {
    expect(over('squash', wide)).toEqual([...map.data])
  })

  it('is in the middle of what a crop leaves out', () => {
    const [a, b, c, d] = [...map.data]
    expect(over({ cover: side }, wide)).toEqual([0, a, b, 0, 0, c, d, 0])
    const squashed = over({ squash: { width: 16, height: 16 } }, wide)
    expect(squashed).toEqual([0, 0, 0, 0, 0, a, b, 0, 0, c, d, 0, 0, 0, 0, 0])
  })

  it('does not show bars, and is bounded for images of one row', () => {
    const [, , c, d] = [...map.data]
    expect(over('letterbox', wide)).toEqual([c, d])
    expect(over({ cover: side }, { width: 1e6, height: 1 })).toHaveLength(2 * 512)
  })
})
