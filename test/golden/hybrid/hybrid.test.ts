/** @file Hybrids of ResNet and ViT against timm and vit_jax in float64: logits, gradients and a training step. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { openCheckpoint, type Pretrained } from '../../../core/files/checkpoint.ts'
import { timmLayout } from '../../../core/files/layout-timm.ts'
import {
  gradientSumName,
  accumulateStep,
  inferenceGraph,
  pixelShape,
} from '../../../core/train/step/graphs.ts'
import { atGrid, gridOf } from '../../../core/train/model/prepare.ts'
import { createStepper, createTrainingState } from '../../../core/train/step/stepper.ts'
import { at } from '../../../core/tensor/shape.ts'
import {
  byteTensor,
  filled,
  floatTensor,
  parameter,
  scalar,
  type Tensor,
} from '../../../core/tensor/tensor.ts'
import { norm } from '../../support/golden.ts'

const folder = import.meta.dirname
const engine = createOrtEngine('cpu')

type Logits = Readonly<Record<string, readonly (readonly number[])[]>>

/** What make-hybrid.py wrote. */
interface Golden {
  readonly timm: Logits
  readonly jax: Logits
  readonly gradients: { readonly loss: number; readonly norms: Readonly<Record<string, number>> }
}

const golden = JSON.parse(readFileSync(join(folder, 'hybrid.json'), 'utf8')) as Record<string, Golden>
const files = {
  timm: (name: string) => join(folder, name),
  jax: (name: string) => join(folder, `${name}.npz`),
} as const

describe.each(Object.keys(golden))('the hybrid “%s”', (name) => {
  const expected = golden[name] as Golden

  it.each(['timm', 'jax'] as const)(
    'has the logits of %s, at its own and at another resolution',
    async (layout) => {
      const pretrained = await openCheckpoint(files[layout](name))
      for (const [resolution, logits] of Object.entries(expected[layout])) {
        const computed = await logitsAt(pretrained, Number(resolution))
        expect(computed, resolution).toBeAllclose(logits.flat(), { rtol: 2e-5, atol: 5e-6 })
      }
    },
  )

  it('has the gradients of timm', async () => {
    const { config, parameters, normalisation } = await openCheckpoint(files.timm(name))
    const sums = [...parameters].map(([key, { shape }]) => [gradientSumName(key), filled(shape, 0)] as const)
    const state = await engine.createState(new Map([...parameters, ...sums]))
    const graph = accumulateStep({ config, normalisation }, 3, { recompute: true })
    const program = await engine.load(graph, state)
    const oneHot = Float32Array.from({ length: 3 * 5 }, (_, i) => Number([0, 5 + 3, 10 + 1].includes(i)))
    const outputs = await program.run(
      new Map<string, Tensor>([
        ['pixels', byteTensor(pixelShape(config, 3), bytes(3, 32))],
        ['targets', floatTensor([3, 5], oneHot)],
        ['weight', scalar(1 / 3)],
        ['keep', scalar(0)],
      ]),
    )
    expect([...parameter(outputs, 'loss').data]).toBeAllclose([expected.gradients.loss], {
      rtol: 1e-5,
    })
    const gradientSums = await state.read(sums.map(([key]) => key))
    const entries = timmLayout.entries(config)
    expect(entries.map((entry) => entry.name).sort()).toEqual(Object.keys(expected.gradients.norms).sort())
    for (const entry of entries) {
      const values = entry.holds.flatMap((key) => [...parameter(gradientSums, gradientSumName(key)).data])
      const known = expected.gradients.norms[entry.name] as number
      // Each kernel is standardised, so that parts of its gradient cancel.
      expect([norm(values)], entry.name).toBeAllclose([known], { rtol: 2e-5, atol: 1e-6 })
    }
    await program.dispose()
    state.dispose()
  })

  it.each(['timm', 'jax'] as const)('learns a batch by heart with the arithmetic of %s', async (layout) => {
    const { config, parameters, normalisation } = await openCheckpoint(files[layout](name))
    const sizes = { batch: 3, microBatch: 3 }
    const state = await createTrainingState(engine, { config, parameters }, null, sizes)
    const stepper = await createStepper(engine, { config, normalisation }, state, sizes)
    const images = { pixels: bytes(3, 32), labels: [0, 3, 1], count: 3 }
    const losses: number[] = []
    for (let step = 0; step < 12; step++) {
      losses.push((await stepper.step(images, { learningRate: 0.05, momentum: 0.9, clip: 1 })).loss)
    }
    expect(at(losses, -1)).toBeLessThan(0.5 * at(losses, 0))
    await stepper.dispose()
    state.dispose()
  })
})

async function logitsAt(
  { config, parameters, normalisation, positionResize }: Pretrained,
  resolution: number,
) {
  const resized = atGrid({ config, parameters }, gridOf(resolution, config.patch), positionResize)
  const graph = inferenceGraph({ config: resized.config, normalisation }, 2, { outputs: ['logits'] })
  const state = await engine.createState(resized.parameters)
  const program = await engine.load(graph, state)
  const pixels = byteTensor(pixelShape(resized.config, 2), bytes(2, resolution))
  const outputs = await program.run(new Map([['pixels', pixels]]))
  await program.dispose()
  state.dispose()
  return parameter(outputs, 'logits').data
}

/** The pictures of make-hybrid.py, by the same formula; products above 2⁵³ do not occur. */
function bytes(count: number, size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    { length: count * size * size * 3 },
    (_, i) => (i * i * 31 + i * 17 + Math.floor(i / 97) * 53) % 251,
  )
}
