/** @file ONNX Runtime on the CPU against the interpreter, operator by operator. */
import { describe, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { expectAgreement } from '../../support/op-agreement.ts'
import { allOps } from '../../support/op-cases.ts'

describe('the lowering of', () => {
  const engine = createOrtEngine('cpu')

  it.each(allOps)('%s computes what the interpreter computes', async (op) => {
    await expectAgreement(engine, op, 40, { rtol: 1e-5, atol: 2e-6 })
  })
})
