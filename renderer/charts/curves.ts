/** @file What a run has told so far, as growing columns that charts draw. */

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

/**
 * A reader of histories: given a history that continues the one before, it takes in only what is new and gives the same
 * lists, grown; given another, it begins anew.
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
    for (const point of points.slice(grown.steps.length)) grown.take(point)
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
  readonly take: (point: StepPoint) => void
  /** The same lists in a new object, by which a change is noticed. */
  readonly columns: () => Pick<Columns, 'loss' | 'accuracy' | 'gradNorm' | 'learningRate'>
}

function grow(): Grown {
  const steps: number[] = []
  const learningRate: number[] = []
  const [loss, accuracy, gradNorm] = [growFigure(steps), growFigure(steps), growFigure(steps)]
  return {
    steps,
    take: (point) => {
      steps.push(point.step)
      learningRate.push(point.learningRate)
      loss.take(point.loss)
      accuracy.take(point.accuracy)
      gradNorm.take(point.gradNorm)
    },
    columns: () => ({
      loss: loss.figure(),
      accuracy: accuracy.figure(),
      gradNorm: gradNorm.figure(),
      learningRate: { steps, values: learningRate },
    }),
  }
}

const memory = 0.9

/** What a single batch says jumps, so a running mean goes beside it: weight 0.1 for the newest, corrected at the start. */
function growFigure(steps: readonly number[]): {
  readonly take: (value: number) => void
  readonly figure: () => Figure
} {
  const raw: number[] = []
  const smooth: number[] = []
  let [sum, weight] = [0, 0]
  return {
    take: (value) => {
      sum = memory * sum + (1 - memory) * value
      weight = memory * weight + (1 - memory)
      raw.push(value)
      smooth.push(sum / weight)
    },
    figure: () => ({ raw: { steps, values: raw }, smooth: { steps, values: smooth } }),
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
