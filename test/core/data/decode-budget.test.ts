import { describe, expect, it } from 'vitest'

import { decodeBytes, mostDecodeBytes, withinDecodeBudget } from '../../../core/data/decode-budget.ts'

const half = mostDecodeBytes / 2
const small = 600

/** Work that runs until it is told to end, and what has started so far. */
function pieces(sizes: readonly number[]): {
  begun: number[]
  end: (index: number) => void
  all: Promise<unknown>
} {
  const begun: number[] = []
  const ends: (() => void)[] = []
  const work = sizes.map(async (size, index) =>
    withinDecodeBudget(size, async () => {
      begun.push(index)
      await new Promise<void>((resolve) => (ends[index] = resolve))
    }),
  )
  return { begun, end: (index) => ends[index]?.(), all: Promise.all(work) }
}

const settled = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('withinDecodeBudget', () => {
  it('starts at once, in the same turn, what there is room for', async () => {
    const { begun, end, all } = pieces([half, half, small])
    expect(begun).toEqual([0, 1])
    await settled()
    expect(begun).toEqual([0, 1])
    end(0)
    await settled()
    expect(begun).toEqual([0, 1, 2])
    end(1)
    end(2)
    await all
  })

  it('lets what is larger than the budget go alone, and nobody overtake it', async () => {
    const { begun, end, all } = pieces([
      small,
      decodeBytes({ format: 'avif', width: 16_000, height: 16_000 }),
      small,
    ])
    expect(begun).toEqual([0])
    end(0)
    await settled()
    expect(begun).toEqual([0, 1])
    end(1)
    await settled()
    expect(begun).toEqual([0, 1, 2])
    end(2)
    await all
  })

  it('gives back what failed work had taken', async () => {
    for (let round = 0; round < 5; round++) {
      await expect(withinDecodeBudget(half, () => Promise.reject(new Error('broken')))).rejects.toThrow(
        'broken',
      )
    }
    const { begun, end, all } = pieces([half, half])
    expect(begun).toEqual([0, 1])
    end(0)
    end(1)
    await all
  })
})
