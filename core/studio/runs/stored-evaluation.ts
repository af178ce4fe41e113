/** @file The evaluation of a run, from what is kept with its weights, so that reopening a run does not need the engine. */
import type { Evaluation, JudgedImage, PrecisionRecall } from '../../api/contract/results.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'
import { heldOutAnswers, type HeldOutAnswers } from '../../train/evaluation/held-out-answers.ts'
import { softmax, topK } from '../../train/evaluation/metrics.ts'
import { precisionRecall } from '../../train/evaluation/precision-recall.ts'
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
    reliability: { before: [...figures.reliability.before], after: [...figures.reliability.after] },
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

// A window shows no more.
const mostPoints = 300

/** Curves of these classes of a run as it answers now; none where it is not known what it says. */
export async function precisionRecallOf(
  folder: string,
  labels: readonly number[],
): Promise<PrecisionRecall[]> {
  const known = await heldOutAnswers(folder)
  if (known === null) return []
  const { images, logits } = known
  const classes = at(logits.shape, 1)
  const wanted = labels.filter((label) => label < classes)
  const probabilities = wanted.map(() => new Float64Array(images.length))
  for (const row of images.keys()) {
    const all = softmax(logits.data.subarray(row * classes, (row + 1) * classes))
    for (const [place, label] of wanted.entries()) at(probabilities, place)[row] = at(all, label)
  }
  return wanted.flatMap((label, place) => {
    const belongs = images.map((image) => image.label === label)
    const curve = precisionRecall(at(probabilities, place), belongs)
    return curve === null ? [] : [{ label, ...curve, points: thinned(curve.points) }]
  })
}

/** At most `mostPoints`, the last one among them. */
function thinned<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / mostPoints)
  return points.filter((_, place) => (points.length - 1 - place) % step === 0)
}
