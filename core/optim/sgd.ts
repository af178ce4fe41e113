/** @file Stochastic gradient descent with momentum, the ViT paper's optimiser. */
import * as z from 'zod'

import { add, multiply, subtract } from '../graph/build.ts'
import type { Optimiser } from './optimiser.ts'

export const SgdSettings = z.strictObject({
  kind: z.literal('sgd'),
  /** Factor by which the old momentum stays; 0.9 in vit_jax's configs/common.py. */
  momentum: z.number().min(0).lt(1).default(0.9),
})
export type SgdSettings = z.output<typeof SgdSettings>

/**
 * m ← μ·m + g;  w ← w − η·m.
 *
 * @see optax `sgd(momentum)`, as in vit_jax/train.py
 */
export function sgd({ momentum }: Pick<SgdSettings, 'momentum'>): Optimiser {
  return {
    description: `SGD with momentum ${momentum}`,
    rateShare: 1,
    slots: ['momentum'],
    positiveSlots: [],
    update: ({ weight, gradient, slot }, scalar) => {
      const moved = add(multiply(slot('momentum'), scalar('momentum')), gradient)
      return {
        weight: subtract(weight, multiply(moved, scalar('learningRate'))),
        slots: { momentum: moved },
      }
    },
    scalarsAt: (_step, learningRate) => ({ learningRate, momentum }),
  }
}
