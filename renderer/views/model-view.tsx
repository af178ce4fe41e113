/** @file The model to start from, what was recognised of it, and the resolution. */
import { FolderOpen } from 'lucide-react'
import { useEffect, useState, type JSX } from 'react'

import type { Estimate, ModelCard, ModelDescription } from '../../core/api/contract/models.ts'
import { relativeWork, resolutionRange, type ModelState } from '../store/model.ts'
import { useStudio, useSubject } from '../studio.ts'
import { brief, megabytes } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Fold } from '../ui/fold.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { FilePicker } from './file-picker.tsx'
import { PatchGrid } from './patch-grid.tsx'
import { Screen } from './screen.tsx'
import type { Picture } from './thumbnail-wall.tsx'

/** The second step. */
export function ModelView(): JSX.Element {
  const { navigation } = useStudio()
  const { cards, state, load, choose } = useSubject((studio) => studio.model)
  const [isPicking, setPicking] = useState(false)
  useEffect(() => void load(), [load])
  const chosen = state.phase === 'ready' ? state.model.path : null
  return (
    <Screen
      title={text.model.title}
      lead={text.model.lead}
      foot={
        <>
          <span className="path">{chosen ?? ''}</span>
          <Button look="primary" disabled={chosen === null} onClick={() => navigation.getState().go('train')}>
            {text.model.next}
          </Button>
        </>
      }
    >
      <fieldset className="choices models">
        <legend className="visually-hidden">{text.model.title}</legend>
        {cards.map((card) => (
          <Card
            key={card.path}
            card={card}
            isChosen={card.path === chosen}
            onChoose={() => void choose(card.path)}
          />
        ))}
      </fieldset>
      <div className="row">
        <Button onClick={() => setPicking(true)}>
          <FolderOpen size={17} aria-hidden="true" />
          {text.model.chooseFile}
        </Button>
        <span className="small soft">{text.model.ownHint}</span>
      </div>
      <Chosen state={state} />
      {isPicking ? (
        <FilePicker
          title={text.picker.checkpoint}
          kind="model"
          onClose={() => setPicking(false)}
          onChoose={(path) => {
            setPicking(false)
            void choose(path)
          }}
        />
      ) : null}
    </Screen>
  )
}

interface CardProps {
  readonly card: ModelCard
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Card({ card, isChosen, onChoose }: CardProps): JSX.Element {
  const { name, source, model, problem } = card
  const isStarter = source === 'starter'
  return (
    <label className="choice">
      <input type="radio" name="model" checked={isChosen} disabled={model === null} onChange={onChoose} />
      <strong>{isStarter ? text.model.starter : name}</strong>
      <span className="small soft">{problem ?? (isStarter ? text.model.starterHint : card.path)}</span>
      {model === null ? null : <span className="small">{text.model.parameters(model.parameters)}</span>}
    </label>
  )
}

function Chosen({ state }: { readonly state: ModelState }): JSX.Element {
  switch (state.phase) {
    case 'loading':
      return <Progress label={text.model.reading} />
    case 'none':
      return <Notice kind="info">{text.model.noneYet}</Notice>
    case 'failed':
      return <Notice kind="error">{state.message}</Notice>
    case 'ready':
      return (
        <div className="halves">
          <Recognised model={state.model} />
          <Resolution model={state.model} resolution={state.resolution} />
        </div>
      )
    default:
      return state
  }
}

function Recognised({ model }: { readonly model: ModelDescription }): JSX.Element {
  const facts = [
    [text.model.family, model.family],
    [text.model.size, text.model.parameters(model.parameters)],
    [text.model.layers, String(model.depth)],
    [text.model.patch, text.model.patchValue(model.patch)],
    [text.model.native, text.model.pixels(model.resolution.height)],
  ] as const
  return (
    <section className="card stack" aria-labelledby="recognised">
      <h2 id="recognised">{text.model.recognised}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      {model.notes.length === 0 ? null : (
        <Fold title={text.model.notes}>
          <ul className="stack tight small">
            {model.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Fold>
      )}
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

interface ResolutionProps {
  readonly model: ModelDescription
  readonly resolution: number
}

function Resolution({ model, resolution }: ResolutionProps): JSX.Element {
  const { setResolution, estimate } = useSubject((studio) => studio.model)
  const picture = useOnePicture()
  const { least, most } = resolutionRange(model)
  const patches = resolution / model.patch
  const times = relativeWork(model, resolution)
  const isNative = resolution === model.resolution.height && resolution === model.resolution.width
  return (
    <section className="card stack" aria-labelledby="resolution">
      <div className="row apart">
        <h2 id="resolution">{text.model.resolution}</h2>
        <strong className="number">{text.model.pixels(resolution)}</strong>
      </div>
      <input
        type="range"
        aria-label={text.model.resolution}
        aria-valuetext={text.model.pixels(resolution)}
        min={least}
        max={most}
        step={model.patch}
        value={resolution}
        onChange={({ target }) => setResolution(Number(target.value))}
      />
      <PatchGrid picture={picture} patches={patches} />
      <p className="small">
        {text.model.grid(patches)}. {isNative ? text.model.same : text.model.effort(brief(times))}{' '}
        <Needs estimate={estimate} />
      </p>
      <p className="small soft">{text.model.resolutionHint}</p>
    </section>
  )
}

function Needs({ estimate }: { readonly estimate: Estimate | null }): JSX.Element | null {
  if (estimate === null) return null
  const { memoryMB, availableMB, microBatch } = estimate
  const needs = text.model.memory(megabytes(memoryMB), megabytes(availableMB))
  return <>{microBatch === null ? text.model.tooMuch(megabytes(availableMB)) : needs}</>
}

function useOnePicture(): Picture | null {
  const { state } = useSubject((studio) => studio.data)
  if (state.phase !== 'ready') return null
  const [image] = state.checked.images
  return image === undefined ? null : { folder: state.checked.root, path: image.path, name: image.path }
}
