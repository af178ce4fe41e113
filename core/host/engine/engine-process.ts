/**
 * @file The process that computes: trains, evaluates, exports, predicts. A step blocks its thread for as long as it
 * takes, which only its caller notices. It exits when the server is gone, after saving what it trains.
 */
import { serve } from '../../api/server.ts'
import { createEngineHandlers } from './engine-handlers.ts'
import { engineContract } from './engine-contract.ts'
import { engineParent } from './engine-parent.ts'
import { logBug } from '../../studio/log.ts'
import { createTraining } from '../../studio/runs/training.ts'

const training = createTraining()

// Signals from a terminal or service reach all its processes; the server alone decides what happens then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const parent = engineParent(process)

parent.onEnd(() => void training.stop().finally(() => process.exit()))

serve(parent.port, engineContract, createEngineHandlers(training), logBug)
