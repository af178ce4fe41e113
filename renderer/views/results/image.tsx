/**
 * @file A held-out image in close-up: what its folder and the model say, where the model looks, and the correction of
 * its label.
 */
import { useEffect, useId, useState, type JSX } from 'react'

import type { Prediction } from '../../../core/api/contract/predict.ts'
import type { Evaluation, JudgedImage } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { GuessBars } from '../../charts/guesses.tsx'
import { correctedLabel } from '../../store/corrections.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ImageDialog } from '../image-dialog.tsx'
import { worded } from '../../text/sentences.ts'
import { AppError } from '../../../core/errors.ts'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
  readonly images: readonly JudgedImage[]
  readonly place: number
  /** Whether it was opened to correct the label. */
  readonly corrects: boolean
  readonly onGo: (place: number) => void
  readonly onClose: () => void
}

/** Nothing if the position is beyond the images. */
export function JudgedDialog({
  run,
  evaluation,
  images,
  place,
  corrects,
  ...actions
}: Props): JSX.Element | null {
  const image = images[place]
  if (image === undefined) return null
  const { root, perClass } = evaluation
  const nameOf = (label: number): string => perClass[label]?.name ?? ''
  return (
    <ImageDialog
      title={
        image.label === image.predicted
          ? nameOf(image.label)
          : text.results.pair(nameOf(image.label), nameOf(image.predicted))
      }
      model={run.folder}
      source={{ folder: root, path: image.path }}
      alt={image.path}
      place={place}
      total={images.length}
      {...actions}
    >
      <dl className="facts">
        <dt>{text.results.image.labelled}</dt>
        <dd>{nameOf(image.label)}</dd>
        <dt>{text.results.image.says}</dt>
        <dd>
          {nameOf(image.predicted)} <span className="soft number">({percent(image.probability)})</span>
        </dd>
      </dl>
      <Guesses model={run.folder} classes={run.classes} root={root} path={image.path} />
      <Label
        key={image.path}
        isOwned={run.project !== null}
        root={root}
        image={image}
        names={perClass.map(({ name }) => name)}
        corrects={corrects}
      />
      <p className="path">{image.path}</p>
    </ImageDialog>
  )
}

interface GuessesProps {
  readonly classes: readonly string[]
  readonly model: string
  readonly root: string
  readonly path: string
}

/** The evaluation keeps only the first guess of each image, so the others are asked for. */
function Guesses({ model, classes, root, path }: GuessesProps): JSX.Element {
  const { api } = useStudio()
  const [found, setFound] = useState<{ readonly path: string; readonly prediction: Prediction } | null>(null)
  useEffect(() => {
    const interest = new AbortController()
    const show = (prediction: Prediction | undefined): void => {
      if (prediction !== undefined && !interest.signal.aborted) setFound({ path, prediction })
    }
    api.predict.images({ model, images: [{ folder: root, path }] }, { signal: interest.signal }).then(
      ([prediction]) => show(prediction),
      (error: unknown) => show({ name: path, top: [], reason: AppError.from(error).sentence }),
    )
    return () => interest.abort()
  }, [api, model, root, path])
  if (found?.path !== path) return <p className="soft small guesses">{text.results.image.asking}</p>
  const { top, reason } = found.prediction
  return (
    <div className="guesses">
      {reason === null ? (
        <GuessBars top={top} classes={classes} />
      ) : (
        <Notice kind="warning">{worded(reason)}</Notice>
      )}
    </div>
  )
}

interface LabelProps {
  readonly isOwned: boolean
  readonly root: string
  readonly image: JudgedImage
  readonly names: readonly string[]
  readonly corrects: boolean
}

function Label({ isOwned, root, image, names, corrects }: LabelProps): JSX.Element {
  const { corrections, correct, problem } = useSubject('corrections', 'corrections', 'correct', 'problem')
  const [chosen, setChosen] = useState(names[image.predicted] ?? '')
  const id = useId()
  const corrected = correctedLabel(corrections, root, image.path)
  if (!isOwned) return <p className="small soft">{text.results.noProject}</p>
  if (corrected !== null) {
    return (
      <div className="row">
        <span className="tag accent">{text.results.corrected(corrected)}</span>
        <Button onClick={() => void correct(root, image.path, null)}>{text.results.undo}</Button>
      </div>
    )
  }
  return (
    <form
      className="label-form"
      onSubmit={(event) => {
        event.preventDefault()
        void correct(root, image.path, chosen)
      }}
    >
      <h3>{text.results.wrong}</h3>
      <label className="small" htmlFor={id}>
        {text.results.correction}
      </label>
      <div className="row">
        <select
          id={id}
          className="input select"
          // A person who came to correct the label can do so at once. oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={corrects}
          value={chosen}
          onChange={({ target }) => setChosen(target.value)}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <Button type="submit" disabled={chosen === names[image.label]}>
          {text.results.correct}
        </Button>
      </div>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
    </form>
  )
}
