import { totalmem } from 'node:os'

import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import { parameterCount } from '../../../../core/train/step/graphs.ts'
import { availableMemory, chooseMicroBatch, trainingMemory } from '../../../../core/train/step/memory.ts'
import { plainVit } from '../../../../core/vit/config.ts'
import { tinyConfig } from '../../files/tiny-models.ts'

const deitTiny = tinyConfig({
  width: 192,
  depth: 12,
  heads: 3,
  mlpWidth: 768,
  patch: 16,
  grid: { rows: 14, columns: 14 },
})

describe('trainingMemory', () => {
  it('grows with the batch and the resolution', () => {
    const larger = { ...deitTiny, grid: { rows: 15, columns: 14 } }
    for (const batch of [1, 2, 8, 64]) {
      expect(trainingMemory(deitTiny, batch + 1)).toBeGreaterThan(trainingMemory(deitTiny, batch))
      expect(trainingMemory(larger, batch)).toBeGreaterThan(trainingMemory(deitTiny, batch))
    }
  })

  it.each([
    // Peak of the process in MB: a training step on two threads at 224 px, B as given.
    { stem: [], width: 192, heads: 3, patch: 32, batch: 16, measured: 906 },
    { stem: [2, 2, 2, 2], width: 384, heads: 6, patch: 32, batch: 12, measured: 2428 },
    { stem: [3, 4, 9], width: 768, heads: 12, patch: 16, batch: 10, measured: 4531 },
  ])('foresees what a hybrid with units $stem takes', ({ stem, width, heads, patch, batch, measured }) => {
    const side = 224 / patch
    const config = {
      ...plainVit({
        width,
        depth: 12,
        heads,
        mlpWidth: 4 * width,
        patch,
        grid: { rows: side, columns: side },
        classes: 10,
      }),
      stem: { width: 64, units: stem, arithmetic: 'timm' as const },
    }
    expect(trainingMemory(config, batch) / 1e6 / measured).toBeGreaterThan(0.85)
    expect(trainingMemory(config, batch) / 1e6 / measured).toBeLessThan(1.2)
  })

  it('falls with every block that is frozen', () => {
    const lastBlocks = Array.from({ length: 12 }, (_, index) =>
      trainingMemory(deitTiny, 32, { train: { part: 'lastBlocks', count: 12 - index } }),
    )
    const head = trainingMemory(deitTiny, 32, { train: { part: 'head' } })
    const all = [trainingMemory(deitTiny, 32), ...lastBlocks, head]
    expect(all[1]).toBe(all[0])
    for (const [index, bytes] of all.slice(2).entries()) expect(bytes).toBeLessThan(all[index + 1] ?? 0)
  })

  it('counts every slot of the optimiser, and its copy on the way out', () => {
    const withSlots = (...slots: string[]): number => trainingMemory(deitTiny, 8, { optimiser: { slots } })
    expect(withSlots('momentum')).toBe(trainingMemory(deitTiny, 8))
    expect(withSlots('first', 'second') - withSlots('momentum')).toBe(2 * 4 * parameterCount(deitTiny))
  })

  it('keeps the promise of 0.6 GB for DeiT-Tiny at batch 8', () => {
    expect(trainingMemory(deitTiny, 8)).toBeLessThan(0.6e9)
  })
})

describe('chooseMicroBatch', () => {
  it('fits, and cuts a batch into the fewest parts, nearly equal ones', () => {
    const sizes = fc.record({
      batch: fc.integer({ min: 1, max: 200 }),
      room: fc.integer({ min: 1, max: 200 }),
    })
    fc.assert(
      fc.property(sizes, ({ batch, room }) => {
        const part = chooseMicroBatch(deitTiny, batch, trainingMemory(deitTiny, room))
        expect(part).toBeLessThanOrEqual(Math.min(batch, room))
        const parts = Math.ceil(batch / part)
        expect(parts).toBe(Math.ceil(batch / Math.min(batch, room)))
        // The last part is not emptier than the others would be if one image less were in each.
        expect((part - 1) * parts).toBeLessThan(batch)
      }),
    )
  })

  it('says how much is needed and how much there is where not even one image fits', () => {
    expect(() => chooseMicroBatch(deitTiny, 8, 0.1e9)).toThrow(
      expect.objectContaining({
        code: 'out_of_memory',
        message: expect.stringMatching(/needs about 0\.[3-4] GB .* single images, and 0\.1 GB is available/),
      }),
    )
  })
})

describe('availableMemory', () => {
  it('leaves the machine something', () => {
    expect(availableMemory()).toBeGreaterThanOrEqual(0.25 * totalmem())
    expect(availableMemory()).toBeLessThanOrEqual(0.8 * totalmem())
  })

  it("is a graphics card's own, where it has some", () => {
    expect(availableMemory({ kind: 'webgpu', memoryMB: 8000 })).toBe(6.4e9)
    for (const memoryMB of [null, 512])
      expect(availableMemory({ kind: 'webgpu', memoryMB }) / availableMemory()).toBeCloseTo(1, 1)
  })

  it('is what the limit of a container leaves', () => {
    const limit = vi.spyOn(process, 'constrainedMemory').mockReturnValue(1e9)
    const free = vi.spyOn(process, 'availableMemory').mockReturnValue(0.6e9)
    try {
      expect(availableMemory()).toBe(0.48e9)
      free.mockReturnValue(5e9)
      expect(availableMemory()).toBe(0.8e9)
    } finally {
      limit.mockRestore()
      free.mockRestore()
    }
  })
})
