/** @file Which .onnx files may run: every export of this program, and nothing that computes otherwise or without bounds. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { frameAs } from '../../../../core/data/preprocess.ts'
import { encodeModel } from '../../../../core/onnx/bytes.ts'
import type { OnnxModel, OnnxNode, OnnxTensor } from '../../../../core/onnx/model.ts'
import { randomParameters } from '../../../../core/studio/bench.ts'
import { writeOnnx } from '../../../../core/train/model/onnx-export.ts'
import { checkOnnx } from '../../../../core/train/model/onnx-import.ts'
import { openPredictor } from '../../../../core/train/model/predictor.ts'
import type { VitConfig } from '../../../../core/vit/config.ts'
import { forwardCost } from '../../../../core/vit/forward-cost.ts'
import { tinyModel } from '../../files/tiny-models.ts'
import { floats, integers, node } from '../../../support/onnx-parts.ts'
import { cpu } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const clip = { gelu: 'quick', preNorm: true, patchBias: false } as const
const stem = { width: 32, units: [1, 1], arithmetic: 'timm' } as const

describe('an export', () => {
  it.each<[string, Partial<VitConfig>]>([
    ['of a plain ViT', {}],
    ['with tanh GELU and LayerScale', { gelu: 'tanh', layerScale: true }],
    ['of the mean without a class token', { pooling: 'mean', classToken: false, finalNorm: 'afterPooling' }],
    ['of two tokens', { pooling: 'distilled' }],
    [
      'of class token and mean, gated, with registers',
      { pooling: 'classAndMean', swiglu: true, registers: 2 },
    ],
    ['of CLIP', clip],
    ['with attention pooling', { pooling: 'attention', classToken: false }],
    ['of a hybrid', { stem, patch: 8 }],
  ])('%s may run', async (_, changes) => {
    const { config, normalisation, labels } = tinyModel(changes)
    const side = 3 * config.patch
    const description = {
      labels,
      preprocessing: frameAs('squash', { height: side, width: side }, normalisation),
    }
    const [path = ''] = await writeOnnx(temporaryFolder(), config, randomParameters(config), description)
    const { cost } = await checkOnnx(path)
    expect(cost.outputShape).toEqual([1, 3])
    expect(cost.largest).toBeGreaterThanOrEqual(3 * side * side)
    // What is counted of the graph, and from the sizes alone.
    const { largest, operations } = forwardCost(config)
    expect(largest / cost.largest).toBeGreaterThan(0.5)
    expect(largest / cost.largest).toBeLessThan(2)
    expect(operations / cost.operations).toBeGreaterThan(0.5)
    expect(operations / cost.operations).toBeLessThan(2)
  })
})

const labels = ['a', 'b']
const axis = (value: number) => ({ axis: { type: 'int', value } }) as const

interface Forged {
  readonly side?: number
  readonly input?: readonly (number | string)[]
  readonly nodes: readonly OnnxNode[]
  readonly constants?: readonly OnnxTensor[]
  readonly names?: readonly string[]
}

/** A file that says of itself what exports say, with any graph. */
async function forged({
  side = 4,
  input = ['batch', 3, side, side],
  nodes,
  constants = [],
  names = labels,
}: Forged): Promise<string> {
  const preprocessing = frameAs('squash', { height: side, width: side }, { mean: [0, 0, 0], std: [1, 1, 1] })
  const model: OnnxModel = {
    name: 'forged',
    nodes,
    constants,
    inputs: [{ name: 'x', type: 'float32', shape: input }],
    outputs: [{ name: 'y', type: 'float32', shape: ['batch', 2] }],
    metadata: new Map([
      ['labels', JSON.stringify(names)],
      ['preprocessing', JSON.stringify(preprocessing)],
    ]),
  }
  const path = join(temporaryFolder(), 'model.onnx')
  await writeFile(path, encodeModel(model))
  return path
}

const toTwo = [
  node('Reshape', ['x', 'flat'], ['f']),
  node('Gemm', ['f', 'w'], ['y'], { transB: { type: 'int', value: 1 } }),
]
const weights = [integers('flat', [-1, 48]), floats('w', [2, 48])]

describe('a file of somebody else that says the same of itself', () => {
  it('runs where it computes as models of ours do', async () => {
    const predictor = await openPredictor(await forged({ nodes: toTwo, constants: weights }), cpu, 2)
    expect((await predictor.compute(new Uint8Array(48), 1)).shape).toEqual([1, 2])
    await predictor.dispose()
  })

  const doubled = Array.from({ length: 40 }, (_, i) =>
    node('Concat', [`c${i}`, `c${i}`], [`c${i + 1}`], axis(1)),
  )
  it.each<[string, Forged, string]>([
    ['a loop', { nodes: [node('Loop', ['x'], ['y'])] }, 'has the operator “Loop”'],
    ['a condition', { nodes: [node('If', ['x'], ['y'])] }, 'has the operator “If”'],
    [
      'an image of 4096 pixels that is multiplied with itself',
      {
        side: 4096,
        nodes: [
          node('Reshape', ['x', 'long'], ['l']),
          node('Transpose', ['l'], ['t'], { perm: { type: 'ints', value: [1, 0] } }),
          node('MatMul', ['t', 'l'], ['y']),
        ],
        constants: [integers('long', [-1, 3 * 4096 * 4096])],
      },
      'would compute more than any model of its size',
    ],
    [
      'a size of a trillion',
      { nodes: [node('Expand', ['x', 'big'], ['y'])], constants: [integers('big', [1e6, 1e6, 4, 4])] },
      'would compute more',
    ],
    [
      'a border of a billion',
      { nodes: [node('Pad', ['x', 'p'], ['y'])], constants: [integers('p', [0, 0, 0, 0, 0, 0, 0, 2 ** 40])] },
      'would compute more',
    ],
    [
      'forty doublings',
      { nodes: [node('Identity', ['x'], ['c0']), ...doubled, node('Identity', ['c40'], ['y'])] },
      'would compute more',
    ],
    ['sizes that are computed', { nodes: [node('Reshape', ['x', 'x'], ['y'])] }, 'computes its sizes'],
    [
      'borders of other values than there are',
      { nodes: [node('Pad', ['x', 'p'], ['y'])], constants: [integers('p', [1])] },
      'sizes that are none',
    ],
    [
      'axes that are not there',
      { nodes: [node('Transpose', ['x'], ['y'], { perm: { type: 'ints', value: [9, 9] } })] },
      'sizes that are none',
    ],
    [
      'two thousand slow operators on much memory',
      {
        nodes: [
          node('Expand', ['one', 's'], ['c0']),
          ...Array.from({ length: 2000 }, (__, i) => node('Erf', [`c${i}`], [`c${i + 1}`])),
          node('Identity', ['c2000'], ['y']),
        ],
        constants: [floats('one', [1, 1]), integers('s', [4096, 4096])],
      },
      'would compute more than any model of its size',
    ],
    [
      'values of which each is small and all are held',
      {
        nodes: [
          ...Array.from({ length: 30 }, (__, i) => node('Expand', ['one', 's'], [`c${i}`])),
          node(
            'Concat',
            Array.from({ length: 30 }, (__, i) => `c${i}`),
            ['y'],
            axis(0),
          ),
        ],
        constants: [floats('one', [1, 1]), integers('s', [4096, 4096])],
      },
      'would compute more than any model of its size',
    ],
    ['a value from nowhere', { nodes: [node('Exp', ['z'], ['y'])] }, 'uses a value before it is there'],
    [
      'a negative size',
      { nodes: [node('Reshape', ['x', 's'], ['y'])], constants: [integers('s', [-7, -1])] },
      'sizes that are none',
    ],
    [
      'other images than it says',
      { input: ['batch', 3, 8, 8], nodes: toTwo, constants: weights },
      'reads images of 4 × 4 pixels',
    ],
    [
      'names that are not its outputs',
      { names: ['a', 'b', 'c'], nodes: toTwo, constants: weights },
      'names 3 classes, but its graph has 2 outputs',
    ],
    [
      'weights elsewhere on the disk',
      {
        nodes: toTwo,
        constants: [
          weights[0]!,
          { ...weights[1]!, data: { location: '../../etc/passwd', offset: 0, length: 384 } },
        ],
      },
      'Its weights are in “../../etc/passwd”',
    ],
  ])('is refused with %s', async (_, forgery, message) => {
    const path = await forged(forgery)
    await expect(checkOnnx(path)).rejects.toThrow(message)
    await expect(openPredictor(path, cpu, 1)).rejects.toThrow('model.onnx')
  })

  it('is refused where the weights beside it are no file', async () => {
    const data = { location: 'model.onnx.data', offset: 0, length: 384 }
    const path = await forged({ nodes: toTwo, constants: [weights[0]!, { ...weights[1]!, data }] })
    await mkdir(`${path}.data`)
    await expect(checkOnnx(path)).rejects.toThrow('a file was expected')
  })

  it('is refused with a resolution of 30,000 pixels', async () => {
    await expect(checkOnnx(await forged({ side: 30_000, nodes: toTwo }))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('does not say its labels and preprocessing'),
    })
  })
})
