/**
 * @file The process that computes: trains, evaluates, exports, predicts. A step blocks its thread for as long as it
 * takes, which nobody but its caller notices. It ends when the server has gone, after saving what it trains.
 */
import { serve } from '../../api/server.ts'
import { createEngineHandlers } from './engine-handlers.ts'
import { engineContract } from './engine-contract.ts'
import { engineParent } from './engine-parent.ts'
import { logBug } from '../../studio/log.ts'
import { createTraining } from '../../studio/runs/training.ts'

const training = createTraining()

// Signals of a terminal or a service reach every process in it; what happens then is decided by the server alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const parent = engineParent(process)

parent.onEnd(() => void training.stop().finally(() => process.exit()))

serve(parent.port, engineContract, createEngineHandlers(training), logBug)
