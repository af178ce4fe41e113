/** @file The same few held-back images throughout: what the model says about them now, and what it said before. */
import { Check, X } from 'lucide-react'
import { memo, useId, useState, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import type { ExampleJudgement, ExamplesEvent } from '../../../core/train/events.ts'
import { Bars, type Bar } from '../../charts/bars.tsx'
import { useSelected } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Thumbnail } from '../data/thumbnail.tsx'

/** Nothing for runs that held nothing back, or that predate examples. */
export function TrainExamples({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const examples = useSelected('training', ({ history }) => history.examples)
  const [chosen, setChosen] = useState<number | null>(null)
  const last = examples.length - 1
  const index = Math.min(last, chosen ?? last)
  const shown = examples[index]
  if (shown === undefined) return null
  return (
    <section className="stack" aria-labelledby="examples-title">
      <div className="row apart">
        <div>
          <h2 id="examples-title">{text.train.examples}</h2>
          <p className="small soft">{text.train.examplesHint}</p>
        </div>
        <BeforeAndNow
          examples={examples}
          index={index}
          onChoose={(at) => setChosen(at === last ? null : at)}
        />
      </div>
      <ul className="examples">
        {shown.images.map((image) => (
          <li key={image.path}>
            <ExampleCard image={image} run={run} />
          </li>
        ))}
      </ul>
    </section>
  )
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
        max={examples.length - 1}
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
 * The true class keeps its place above; below it is the class the model prefers, or ranks next. Redrawn only with an
 * evaluation, not with every step.
 */
const ExampleCard = memo(function ExampleCard({ image, run }: CardProps): JSX.Element {
  const { path, label, probability, top } = image
  const truth = run.classes[label] ?? ''
  const [first] = top
  const isRight = first?.label === label && first.probability > (top[1]?.probability ?? 0)
  const other = top.find((guess) => guess.label !== label)
  const bars: Bar[] = [
    { id: 'truth', name: truth, share: probability, value: percent(probability), kind: label },
    ...(other === undefined
      ? []
      : [
          {
            id: 'other',
            name: run.classes[other.label] ?? '',
            share: other.probability,
            value: percent(other.probability),
            kind: other.label,
          },
        ]),
  ]
  return (
    <article className="example" data-right={isRight}>
      <Thumbnail
        folder={run.validationRoot}
        path={path}
        size={208}
        alt={text.train.exampleImage(truth)}
        className="example-image"
      />
      <div className="example-says">
        <p className="example-truth">
          {isRight ? (
            <Check size={16} strokeWidth={3} aria-hidden="true" />
          ) : (
            <X size={16} strokeWidth={3} aria-hidden="true" />
          )}
          <strong className="clip">{truth}</strong>
          <span className="visually-hidden">
            {isRight ? text.train.exampleRight : text.train.exampleWrong}
          </span>
        </p>
        <Bars bars={bars} />
      </div>
    </article>
  )
})
