/** @file What a run has told so far, as columns that charts draw. */

/** A step as charts need it. */
export interface StepPoint {
  readonly step: number
  readonly loss: number
  readonly accuracy: number
}

/** An evaluation of the held-back images. */
export interface EvaluationPoint {
  readonly step: number
  readonly loss: number | null
  readonly accuracy: number | null
}

/** Columns of the same length, by step. */
export interface Columns {
  readonly steps: readonly number[]
  readonly loss: readonly (number | null)[]
  readonly accuracy: readonly (number | null)[]
  readonly validationLoss: readonly (number | null)[]
  readonly validationAccuracy: readonly (number | null)[]
}

const memory = 0.9

/**
 * Columns from points in the order of their steps. What a single batch says jumps, so loss and accuracy of training
 * are running means (weight 0.1 for the newest, corrected for the short beginning).
 */
export function columnsOf(points: readonly StepPoint[], evaluations: readonly EvaluationPoint[]): Columns {
  const atStep = new Map(evaluations.map((evaluation) => [evaluation.step, evaluation]))
  const known = new Set(points.map(({ step }) => step))
  const early = evaluations.filter(({ step }) => !known.has(step) && step < (points[0]?.step ?? Infinity))
  const lead = early.map(() => null)
  const steps = [...early.map(({ step }) => step), ...points.map(({ step }) => step)]
  return {
    steps,
    loss: [...lead, ...smoothed(points.map(({ loss }) => loss))],
    accuracy: [...lead, ...smoothed(points.map(({ accuracy }) => accuracy))],
    validationLoss: steps.map((step) => atStep.get(step)?.loss ?? null),
    validationAccuracy: steps.map((step) => atStep.get(step)?.accuracy ?? null),
  }
}

function smoothed(values: readonly number[]): number[] {
  let [sum, weight] = [0, 0]
  return values.map((value) => {
    sum = memory * sum + (1 - memory) * value
    weight = memory * weight + (1 - memory)
    return sum / weight
  })
}
