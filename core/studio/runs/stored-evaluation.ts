/** @file The evaluation of a run's best weights, kept beside them, so that reopening a run does not need the engine. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import * as z from 'zod'

import { Evaluation } from '../../api/contract/results.ts'
import { jsonFile, type JsonFile } from '../../files/json-store.ts'

const Stored = z.object({ weights: z.string(), evaluation: Evaluation })

function storedFile(folder: string): JsonFile<z.output<typeof Stored>> {
  return jsonFile(join(folder, 'evaluation.json'), Stored, { damaged: 'nothing' })
}

/** Identifies the state of a run's best weights; null before there are any. */
export async function stateOfWeights(folder: string): Promise<string | null> {
  for (const name of ['best.safetensors', 'last.safetensors']) {
    const info = await stat(join(folder, name)).catch(() => null)
    if (info !== null) return `${name} ${info.size} ${info.mtimeMs}`
  }
  return null
}

/** Stores an evaluation of the weights in this state. */
export async function storeEvaluation(
  folder: string,
  weights: string,
  evaluation: Evaluation,
): Promise<void> {
  await storedFile(folder).write({ weights, evaluation })
}

/** The evaluation of the weights as they are now; null if there is none that can be read. */
export async function readEvaluation(folder: string): Promise<Evaluation | null> {
  const stored = await storedFile(folder).read()
  return stored?.weights === (await stateOfWeights(folder)) ? (stored?.evaluation ?? null) : null
}
