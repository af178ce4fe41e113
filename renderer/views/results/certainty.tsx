/** @file Calibration: how sure the model claims to be beside how often it is right. */
import type { JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import { Bars } from '../../charts/bars.tsx'
import { ReliabilityDiagram } from '../../charts/reliability-diagram.tsx'
import { certaintyOf, sureGroupsOf } from '../../store/figures.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Unsure } from './unsure.tsx'

/** Nothing if no image was judged. */
export function Certainty({ evaluation }: { readonly evaluation: Evaluation }): JSX.Element | null {
  const certainty = certaintyOf(evaluation)
  if (certainty === null) return null
  return (
    <section className="card stack" aria-labelledby="certainty">
      <h2 id="certainty">{text.results.certainty}</h2>
      <div className="beside">
        <ReliabilityDiagram {...evaluation.reliability} />
        <div className="stack wide">
          <div className="stack">
            <p>{text.results.certaintyVerdicts[certainty.verdict](percent(certainty.claimed))}</p>
            <Bars
              wideValues
              bars={sureGroupsOf(evaluation).map(({ from, to, images, right }) => ({
                id: String(from),
                name: nameOf(from, to),
                share: right,
                value: text.results.certaintyRight(percent(right), images),
              }))}
            />
            <Calibration evaluation={evaluation} />
          </div>
          <Unsure evaluation={evaluation} />
        </div>
      </div>
    </section>
  )
}

function nameOf(from: number, to: number): string {
  if (from === 0) return text.results.certaintyBottom(percent(to))
  if (to === 1) return text.results.certaintyTop(percent(from))
  return text.results.certaintyGroup(percent(from), percent(to))
}

/** How far its percentages are off, on average; nothing if that is not known. */
function Calibration({
  evaluation: { calibrationError },
}: {
  readonly evaluation: Evaluation
}): JSX.Element | null {
  if (calibrationError === null) return null
  const { before, after } = calibrationError
  return <p className="soft">{text.results.calibration(percent(before), percent(after))}</p>
}
