/** @file Which images one model gets right and the other does not. */
import type { JSX } from 'react'

import type { Compared, Difference } from '../../store/compare.ts'
import { useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { namesOf } from './compare-names.ts'
import { Gallery } from '../results/gallery.tsx'

/** For the first two chosen; on request, because it may take a while. */
export function CompareImages({ chosen }: { readonly chosen: readonly Compared[] }): JSX.Element {
  const { judging, judge } = useSubject('compare', 'judging', 'judge')
  return (
    <section className="stack" aria-labelledby="compare-images">
      <div className="stack tight">
        <h2 id="compare-images">{text.results.compareImages}</h2>
        <p className="small soft">{text.results.compareImagesHint}</p>
      </div>
      {judging.phase === 'none' ? (
        <div>
          <Button onClick={() => void judge()}>{text.results.compareJudge}</Button>
        </div>
      ) : null}
      {judging.phase === 'working' ? (
        <Progress label={text.results.compareJudging} share={judging.share} />
      ) : null}
      {judging.phase === 'failed' ? <Notice kind="error">{judging.message}</Notice> : null}
      {judging.phase === 'ready' ? <Differences chosen={chosen} difference={judging.difference} /> : null}
    </section>
  )
}

interface DifferencesProps {
  readonly chosen: readonly Compared[]
  readonly difference: Difference
}

const mostShown = 60

function Differences({ chosen, difference }: DifferencesProps): JSX.Element | null {
  const [first, second] = chosen
  const [firstName = '', secondName = ''] = namesOf(chosen)
  const { shared, bothRight, onlyFirst, onlySecond } = difference
  if (first === undefined || second === undefined) return null
  if (shared === 0) return <p className="soft">{text.results.compareNoneShared}</p>
  return (
    <>
      <p>{text.results.compareShared(percent(bothRight / shared), shared)}</p>
      {[
        { name: firstName, wrong: second.run, ...onlyFirst },
        { name: secondName, wrong: first.run, ...onlySecond },
      ].map(({ name, wrong, evaluation, images }) => (
        <section
          key={wrong.id}
          className="stack tight"
          aria-label={text.results.compareOnly(name, images.length)}
        >
          <h3>{text.results.compareOnly(name, images.length)}</h3>
          <Gallery run={wrong} evaluation={evaluation} images={images.slice(0, mostShown)} />
        </section>
      ))}
    </>
  )
}
