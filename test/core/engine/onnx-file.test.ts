import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { openOnnxFile } from '../../../core/engine/onnx-file.ts'
import { add, feed, multiply } from '../../../core/graph/build.ts'
import type { Graph } from '../../../core/graph/ir.ts'
import { encodeModel } from '../../../core/onnx/bytes.ts'
import { lowerGraph } from '../../../core/onnx/lower.ts'
import { floats } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const x = feed('x', [2, 3])

async function saved(graph: Graph): Promise<string> {
  const path = join(temporaryFolder(), 'model.onnx')
  await writeFile(path, encodeModel(lowerGraph(graph, { name: 'test' })))
  return path
}

describe('openOnnxFile', () => {
  it('runs a file with one input', async () => {
    const file = await openOnnxFile(await saved(graphOf({ y: multiply(x, 2) })))
    expect(await file.run(floats([2, 3], [1, 2, 3, 4, 5, 6]))).toEqual(floats([2, 3], [2, 4, 6, 8, 10, 12]))
    await file.dispose()
  })

  it('refuses a file with several inputs, naming them', async () => {
    const path = await saved(graphOf({ y: add(x, feed('mask', [2, 3])) }))
    await expect(openOnnxFile(path)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/takes the inputs (x, mask|mask, x); an image classifier takes one/),
    })
  })

  it('refuses what is not a model', async () => {
    const path = join(temporaryFolder(), 'model.onnx')
    await writeFile(path, 'not a model')
    await expect(openOnnxFile(path)).rejects.toMatchObject({ name: 'AppError' })
  })
})
