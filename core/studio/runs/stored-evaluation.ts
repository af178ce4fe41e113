/** @file The evaluation of a run's best weights, kept beside them, so that reopening a run does not need the engine. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import * as z from 'zod'

import { Evaluation } from '../../api/contract/results.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { parseJson } from '../parse-json.ts'

const fileName = 'evaluation.json'
const Stored = z.object({ weights: z.string(), evaluation: Evaluation })

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
  await writeFileAtomic(join(folder, fileName), JSON.stringify({ weights, evaluation }))
}

/** The evaluation of the weights as they are now; null if there is none that can be read. */
export async function readEvaluation(folder: string): Promise<Evaluation | null> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => 'null')
  const stored = Stored.safeParse(parseJson(text))
  return stored.success && stored.data.weights === (await stateOfWeights(folder))
    ? stored.data.evaluation
    : null
}
