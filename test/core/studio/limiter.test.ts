/** @file The limiter keeps its bound, serves the newest first, and drops what is no longer wanted. */
import { describe, expect, it } from 'vitest'

import { createLimiter } from '../../../core/studio/limiter.ts'

const wanted = new AbortController().signal

describe('the limiter', () => {
  it('does no more at once than it may, the newest first', async () => {
    const limit = createLimiter(2)
    const order: number[] = []
    let running = 0
    let most = 0
    const work = Array.from({ length: 6 }, async (_, index) =>
      limit(wanted, async () => {
        order.push(index)
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running--
        return index
      }),
    )
    expect(await Promise.all(work)).toEqual([0, 1, 2, 3, 4, 5])
    expect(order).toEqual([0, 1, 5, 4, 3, 2])
    expect(most).toBe(2)
  })

  it('drops what was cancelled, and continues after a failure', async () => {
    const limit = createLimiter(1)
    const controller = new AbortController()
    const failing = limit(wanted, () => Promise.reject(new Error('broken')))
    const dropped = limit(controller.signal, () => Promise.resolve('dropped'))
    const kept = limit(wanted, () => Promise.resolve('kept'))
    controller.abort()
    await expect(failing).rejects.toThrow('broken')
    expect(await kept).toBe('kept')
    await expect(dropped).rejects.toMatchObject({ code: 'cancelled' })
    expect(await limit(wanted, () => Promise.resolve('again'))).toBe('again')
  })
})
