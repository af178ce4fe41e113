/** @file The evaluation of a run, from what is kept with its weights, so that reopening a run does not need the engine. */
import type { Evaluation, JudgedImage } from '../../api/contract/results.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { heldOutAnswers, type HeldOutAnswers } from '../../train/evaluation/held-out-answers.ts'
import { softmax, topK } from '../../train/evaluation/metrics.ts'
import type { RunData } from '../../train/run/run-record.ts'

/** The evaluation of a run as it answers now, or with another fairness; null if it is not known what it says. */
export async function readEvaluation(folder: string, fairness?: number): Promise<Evaluation | null> {
  const known = await heldOutAnswers(folder, fairness)
  return known === null ? null : toEvaluation(known)
}

/** Answers in the form that the window shows. */
export function toEvaluation({ record, data, images, skipped, logits, figures }: HeldOutAnswers): Evaluation {
  const { accuracy, accuracyInterval, balancedAccuracy, loss, calibrationError, confusion } = figures
  return {
    root: data.validationRoot,
    accuracy,
    accuracyInterval,
    balancedAccuracy,
    loss,
    calibrationError,
    answers: record.answers,
    probe: record.probe,
    thresholds: figures.thresholds.flatMap(({ precision, threshold }) =>
      threshold === null
        ? []
        : [{ precision, probability: threshold.probability, answered: threshold.answered }],
    ),
    confusion: confusion.map((row) => [...row]),
    perClass: figures.perClass.map((one, label) => ({
      name: at(record.classes, label),
      trained: data.training.filter((image) => image.label === label).length,
      ...one,
    })),
    images: judge(images, logits),
    skipped: [...skipped],
  }
}

function judge(images: RunData['validation'], { data, shape }: FloatTensor): JudgedImage[] {
  const classes = at(shape, 1)
  return images.map(({ path, label }, row) => {
    const probabilities = softmax(data.subarray(row * classes, (row + 1) * classes))
    const best = at(topK(probabilities, 1), 0)
    return {
      path,
      label,
      predicted: best.index,
      probability: best.score,
      trueProbability: at(probabilities, label),
    }
  })
}
