/** @file A look inside one or two models, side by side: what their weights and their attention show. */
import { useState, type JSX } from 'react'

import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { HeadDistancesChart } from './head-distances.tsx'
import { PatchFilters } from './patch-filters.tsx'
import { PhotoAttention } from './photo-attention.tsx'
import { PositionGrid } from './position-grid.tsx'
import { useDistances, useFigures, type InsideModel, type LookedAt } from './use-inspected.ts'

interface Props {
  readonly models: readonly InsideModel[]
  /** The person's photos. */
  readonly photos: readonly LookedAt[]
}

/** Folded; nothing is computed before it is unfolded. */
export function LookInside({ models, photos }: Props): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="card" aria-label={text.inspect.title}>
      <Fold title={text.inspect.title} onToggle={setOpen}>
        {isOpen ? (
          <div className="inside-columns">
            {models.map((model) => (
              <Inside key={model.path} model={model} photos={photos} />
            ))}
          </div>
        ) : null}
      </Fold>
    </section>
  )
}

interface InsideProps {
  readonly model: InsideModel
  readonly photos: readonly LookedAt[]
}

function Inside({ model, photos }: InsideProps): JSX.Element {
  const { figures, problem } = useFigures(model)
  if (problem !== null) return <Notice kind="warning">{problem}</Notice>
  if (figures === null) return <Progress label={text.inspect.working} />
  return (
    <div className="inside stack">
      <h3>{model.title}</h3>
      <Part title={text.inspect.filters} hint={text.inspect.filtersHint}>
        {figures.filters === null ? (
          <p className="soft">{text.inspect.noFilters}</p>
        ) : (
          <PatchFilters filters={figures.filters} />
        )}
      </Part>
      <Part title={text.inspect.positions} hint={text.inspect.positionsHint}>
        {figures.similarities === null ? (
          <p className="soft">{text.inspect.tooManyPositions}</p>
        ) : (
          <PositionGrid grid={figures.grid} similarities={figures.similarities} />
        )}
      </Part>
      {photos.length === 0 ? (
        <p className="soft">{text.inspect.needsPhotos}</p>
      ) : (
        <>
          <Part title={text.inspect.distances} hint={text.inspect.distancesHint}>
            <Distances model={model} photos={photos} side={Math.max(figures.width, figures.height)} />
          </Part>
          <Part title={text.inspect.attention} hint={text.inspect.attentionHint}>
            <PhotoAttention model={model} photos={photos} />
          </Part>
        </>
      )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  /** How to read it. */
  readonly hint: string
  readonly children: JSX.Element
}

function Part({ title, hint, children }: PartProps): JSX.Element {
  return (
    <section className="inside-part">
      <h4>{title}</h4>
      <p className="soft">{hint}</p>
      {children}
    </section>
  )
}

interface DistancesProps extends InsideProps {
  /** Of the input, in pixels. */
  readonly side: number
}

function Distances({ model, photos, side }: DistancesProps): JSX.Element {
  const { result, share, problem } = useDistances(model, photos)
  if (problem !== null) return <Notice kind="warning">{problem}</Notice>
  if (result === null) return <Progress label={text.inspect.working} share={share} />
  return <HeadDistancesChart result={result} side={side} />
}
