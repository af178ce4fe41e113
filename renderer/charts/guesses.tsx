/** @file The most probable classes of an image, as bars. */
import type { JSX } from 'react'

import type { Prediction } from '../../core/api/contract/predict.ts'
import { percent } from '../text/format.ts'
import { Bars } from './bars.tsx'

interface Props {
  readonly top: Prediction['top']
  /** The kinds the model knows, whose colours the bars have. */
  readonly classes: readonly string[]
}

/** Best first, as they come. */
export function GuessBars({ top, classes }: Props): JSX.Element {
  return (
    <Bars
      bars={top.map(({ label, probability }) => ({
        id: label,
        name: label,
        share: probability,
        value: percent(probability),
        kind: classes.indexOf(label),
      }))}
    />
  )
}
