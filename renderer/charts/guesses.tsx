/** @file The most probable classes of an image, as bars. */
import type { JSX } from 'react'

import type { Prediction } from '../../core/api/contract/predict.ts'
import { percent } from '../text/format.ts'
import { Bars } from './bars.tsx'

/** Best first, as they come. */
export function GuessBars({ top }: { readonly top: Prediction['top'] }): JSX.Element {
  return (
    <Bars
      bars={top.map(({ label, probability }) => ({
        id: label,
        name: label,
        share: probability,
        value: percent(probability),
      }))}
    />
  )
}
