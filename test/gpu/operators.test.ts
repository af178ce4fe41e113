/** @file Every operator on the WebGPU engine against the interpreter; a kernel that is missing makes loading fail. */
import { describe, it } from 'vitest'

import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { hasGpu, withoutGpu } from '../support/gpu.ts'
import { expectAgreement } from '../support/op-agreement.ts'
import { allOps } from '../support/op-cases.ts'

describe.skipIf(!hasGpu)(`on the GPU${withoutGpu}`, () => {
  const engine = createOrtEngine('webgpu')

  it.each(allOps)('%s computes what the interpreter computes', async (op) => {
    await expectAgreement(engine, op, 8, { rtol: 1e-4, atol: 1e-5 })
  })
})
