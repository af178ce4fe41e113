/** @file What a run has reported so far, as growing columns that charts draw. */

/** A step as charts need it. */
export interface StepPoint {
  readonly step: number
  readonly loss: number
  readonly accuracy: number
  readonly gradNorm: number
  readonly learningRate: number
}

/** An evaluation of the held-back images. */
export interface EvaluationPoint {
  readonly step: number
  readonly loss: number | null
  readonly accuracy: number | null
}

/** Values over steps, in the order of the steps. Both lists may grow at their ends, and nowhere else. */
export interface Series {
  readonly steps: readonly number[]
  readonly values: readonly number[]
}

/** A figure of every step, as it was and as a running mean. */
export interface Figure {
  readonly raw: Series
  readonly smooth: Series
}

export interface Columns {
  readonly loss: Figure
  readonly accuracy: Figure
  readonly gradNorm: Figure
  readonly learningRate: Series
  readonly validationLoss: Series
  readonly validationAccuracy: Series
}

/** The accuracies alone, where they are known. */
export function accuracyCurve(
  points: readonly { readonly step: number; readonly accuracy: number | null }[],
): Series {
  const known = points.flatMap(({ step, accuracy }) => (accuracy === null ? [] : [{ step, accuracy }]))
  return { steps: known.map(({ step }) => step), values: known.map(({ accuracy }) => accuracy) }
}

/**
 * A reader of histories: given a history that continues the previous one, it takes in only what is new and returns the
 * same lists, grown; given another, it starts over.
 */
export function createColumns(): (
  points: readonly StepPoint[],
  evaluations: readonly EvaluationPoint[],
) => Columns {
  let known: { readonly last: StepPoint | undefined; readonly grown: Grown } = {
    last: undefined,
    grown: grow(),
  }
  return (points, evaluations) => {
    const { length } = known.grown.steps
    const isContinued = points.length >= length && points[length - 1] === known.last
    const grown = isContinued ? known.grown : grow()
    grown.take(points, grown.steps.length)
    known = { last: points.at(-1), grown }
    return {
      ...grown.columns(),
      validationLoss: seriesOf(evaluations, ({ loss }) => loss),
      validationAccuracy: seriesOf(evaluations, ({ accuracy }) => accuracy),
    }
  }
}

interface Grown {
  readonly steps: readonly number[]
  /** Takes in the points from here on. */
  readonly take: (points: readonly StepPoint[], from: number) => void
  /** The same lists in a new object, so that the change is noticed. */
  readonly columns: () => Pick<Columns, 'loss' | 'accuracy' | 'gradNorm' | 'learningRate'>
}

function grow(): Grown {
  const steps: number[] = []
  const learningRate: number[] = []
  const grown = {
    loss: emptyFigure(steps),
    accuracy: emptyFigure(steps),
    gradNorm: emptyFigure(steps),
  }
  return {
    steps,
    take: (points, from) => {
      // Plain loops: this runs over the whole history when a run is opened.
      for (let i = from; i < points.length; i++) {
        const point = points[i]
        if (point === undefined) continue
        steps.push(point.step)
        learningRate.push(point.learningRate)
        grown.loss.raw.values.push(point.loss)
        grown.accuracy.raw.values.push(point.accuracy)
        grown.gradNorm.raw.values.push(point.gradNorm)
      }
      for (const figure of Object.values(grown)) smoothOn(figure)
    },
    columns: () => ({
      loss: { ...grown.loss },
      accuracy: { ...grown.accuracy },
      gradNorm: { ...grown.gradNorm },
      learningRate: { steps, values: learningRate },
    }),
  }
}

interface GrowingFigure extends Figure {
  readonly raw: { readonly steps: readonly number[]; readonly values: number[] }
  readonly smooth: { readonly steps: readonly number[]; readonly values: number[] }
}

function emptyFigure(steps: readonly number[]): GrowingFigure {
  return { raw: { steps, values: [] }, smooth: { steps, values: [] } }
}

const memory = 0.9

/** Values of single batches jump, so a running mean goes beside them: weight 0.1 for the newest, corrected at the start. */
function smoothOn({ raw, smooth }: GrowingFigure): void {
  const { values } = raw
  const means = smooth.values
  let weight = 1 - memory ** means.length
  let sum = weight * (means.at(-1) ?? 0)
  for (let i = means.length; i < values.length; i++) {
    sum = memory * sum + (1 - memory) * (values[i] ?? 0)
    weight = memory * weight + (1 - memory)
    means.push(sum / weight)
  }
}

function seriesOf<T extends { readonly step: number }>(
  points: readonly T[],
  valueOf: (point: T) => number | null,
): Series {
  const known = points.flatMap((point) => {
    const value = valueOf(point)
    return value === null ? [] : [{ step: point.step, value }]
  })
  return { steps: known.map(({ step }) => step), values: known.map(({ value }) => value) }
}

/** The value at a step, or the last one before it; undefined before the first. */
export function valueAt({ steps, values }: Series, step: number): number | undefined {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle] ?? Infinity) <= step) low = middle + 1
    else high = middle
  }
  return values[low - 1]
}
