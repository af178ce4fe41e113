/** @file The same few held-back images throughout: what the model says about them now, and what it said before. */
import { Check } from 'lucide-react'
import { memo, useId, useState, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import type { ExampleJudgement, ExamplesEvent } from '../../../core/train/events.ts'
import { ShareBar } from '../../charts/bars.tsx'
import { kindAttributes } from '../../kind-colours.ts'
import type { TrainingState } from '../../store/training.ts'
import { useSelected } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'

/** As many as a training shows. */
const mostExamples = 8

/** Nothing for runs that held nothing back, or that predate examples; empty places until the first are known. */
export function TrainExamples({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const examples = useSelected('training', ({ history }) => history.examples)
  const isExpected = useSelected('training', ({ state }) => state.phase === 'run' && !hasEnded(state.status))
  const [chosen, setChosen] = useState<number | null>(null)
  const last = examples.length - 1
  const index = Math.min(last, chosen ?? last)
  const shown = examples[index]
  const places = Math.min(mostExamples, run.validation.length)
  if (shown === undefined && (!isExpected || places === 0)) return null
  return (
    <section className="stack" aria-labelledby="examples-title">
      <div className="row apart">
        <div>
          <h2 id="examples-title">{text.train.examples}</h2>
          <p className="small soft">{text.train.examplesHint}</p>
        </div>
        <BeforeAndNow
          examples={examples}
          index={Math.max(0, index)}
          onChoose={(at) => setChosen(at === last ? null : at)}
        />
      </div>
      <ul className="examples">
        {shown === undefined
          ? Array.from({ length: places }, (_, place) => <li key={place} className="example waiting" />)
          : shown.images.map((image) => (
              <li key={image.path}>
                <ExampleCard image={image} run={run} />
              </li>
            ))}
      </ul>
    </section>
  )
}

function hasEnded(status: Extract<TrainingState, { phase: 'run' }>['status']): boolean {
  return status !== 'training' && status !== 'resuming' && status !== 'stopping'
}

interface BeforeAndNowProps {
  readonly examples: readonly ExamplesEvent[]
  readonly index: number
  readonly onChoose: (index: number) => void
}

function BeforeAndNow({ examples, index, onChoose }: BeforeAndNowProps): JSX.Element {
  const id = useId()
  const step = examples[index]?.step ?? 0
  return (
    <div className="before-now">
      <label htmlFor={id} className="visually-hidden">
        {text.train.examplesWhen}
      </label>
      <span className="small soft" aria-hidden="true">
        {text.train.examplesBefore}
      </span>
      <input
        id={id}
        type="range"
        className="short-range"
        min={0}
        max={Math.max(0, examples.length - 1)}
        value={index}
        disabled={examples.length < 2}
        aria-valuetext={text.train.examplesAt(step)}
        onChange={({ target }) => onChoose(Number(target.value))}
      />
      <span className="small soft" aria-hidden="true">
        {text.train.examplesNow}
      </span>
      <span className="small number when">{text.train.examplesAt(step)}</span>
    </div>
  )
}

interface CardProps {
  readonly image: ExampleJudgement
  readonly run: RunDetails
}

/**
 * Framed in the colour of its kind as soon as it is right; below are its own kind and the one the model prefers, or ranks
 * next. Redrawn only with an evaluation, not with every step.
 */
const ExampleCard = memo(function ExampleCard({ image, run }: CardProps): JSX.Element {
  const { path, label, probability, top } = image
  const truth = run.classes[label] ?? ''
  const [first] = top
  const isRight = first?.label === label && first.probability > (top[1]?.probability ?? 0)
  const other = top.find((guess) => guess.label !== label)
  return (
    <article className="example" data-right={isRight} {...kindAttributes(label)}>
      <div className="example-frame">
        <Thumbnail
          folder={run.validationRoot}
          path={path}
          size={512}
          alt={text.train.exampleImage(truth)}
          className="example-image"
        />
        <span className="example-mark">
          {isRight ? <Check size={22} strokeWidth={3} aria-hidden="true" /> : null}
          <span className="visually-hidden">
            {isRight ? text.train.exampleRight : text.train.exampleWrong}
          </span>
        </span>
      </div>
      <p className="example-says">
        <KindName kind={label} name={truth} />
        <strong className="number">{percent(probability)}</strong>
      </p>
      <ShareBar share={probability} />
      <p className="example-says small soft">
        {other === undefined ? null : (
          <>
            <KindName kind={other.label} name={run.classes[other.label] ?? ''} />
            <span className="number">{percent(other.probability)}</span>
          </>
        )}
      </p>
    </article>
  )
})
