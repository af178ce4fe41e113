/** @file A look inside the chosen model before training, and inside a trained run beside what it began with. */
import type { JSX } from 'react'

import type { RunSummary } from '../../../core/api/contract/runs.ts'
import type { ModelDescription } from '../../../core/api/contract/models.ts'
import { correctionsOf } from '../../store/model.ts'
import { text } from '../../text/text.ts'
import { LookInside } from './look-inside.tsx'
import { useSomePhotos } from './use-some-photos.ts'

/** For the Model screen. */
export function InsideModelChosen({ model }: { readonly model: ModelDescription }): JSX.Element {
  const photos = useSomePhotos()
  const inside = { path: model.path, title: text.inspect.before(model.name), ...correctionsOf(model) }
  return <LookInside key={model.path} models={[inside]} photos={photos} />
}

/** For the Results screen: before and after, side by side. */
export function InsideRun({ run }: { readonly run: RunSummary }): JSX.Element {
  const photos = useSomePhotos()
  const { source } = run.model
  const name = source.slice(source.lastIndexOf('/') + 1)
  const models = [
    { path: source, title: text.inspect.before(name) },
    { path: run.folder, title: text.inspect.after(run.name) },
  ]
  return <LookInside key={run.id} models={models} photos={photos} />
}
