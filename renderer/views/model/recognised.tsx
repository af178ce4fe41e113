/** @file What was recognised in the chosen model, and the way to correct it. */
import type { JSX } from 'react'

import type { ModelDescription } from '../../../core/api/contract/models.ts'
import { worded } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Fact } from './choice.tsx'
import { ModelCorrections } from './corrections.tsx'

/** Folded away: the facts, how they were recognised, and a form for someone who knows better. */
export function ModelRecognised({ model }: { readonly model: ModelDescription }): JSX.Element {
  const { overrides, notes } = model
  const isCorrected = overrides !== null && Object.keys(overrides).length > 0
  return (
    <section className="card">
      <Fold
        title={isCorrected ? `${text.model.recognised} (${text.model.corrected})` : text.model.recognised}
      >
        <div className="stack">
          <Facts model={model} />
          {notes.length === 0 ? null : (
            <ul className="stack tight small" aria-label={text.model.notes}>
              {notes.map(worded).map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
          {overrides === null ? null : (
            <Fold title={text.model.correct}>
              <ModelCorrections
                key={JSON.stringify([model.path, overrides])}
                model={model}
                overrides={overrides}
              />
            </Fold>
          )}
        </div>
      </Fold>
    </section>
  )
}

function Facts({ model }: { readonly model: ModelDescription }): JSX.Element {
  const { family, bytes, parameters, depth, width, patch, resolution, heads, gelu, pooling, labels } = model
  const { mean, std } = model.normalisation
  return (
    <dl className="facts">
      <Fact name={text.model.family}>{family}</Fact>
      <Fact name={text.model.size}>
        {text.model.bytes(bytes)}, {text.model.parameters(parameters)}
      </Fact>
      <Fact name={text.model.layers}>{text.model.layersValue(depth, width)}</Fact>
      <Fact name={text.model.heads}>{heads}</Fact>
      <Fact name={text.model.patch}>{text.model.patchValue(patch)}</Fact>
      <Fact name={text.model.native}>{text.model.pixels(resolution.height)}</Fact>
      <Fact name={text.model.gelu}>{text.model.gelus[gelu]}</Fact>
      <Fact name={text.model.pooling}>{text.model.poolings[pooling]}</Fact>
      <Fact name={text.model.mean}>{mean.map(short).join(', ')}</Fact>
      <Fact name={text.model.std}>{std.map(short).join(', ')}</Fact>
      {labels === null ? null : <Fact name={text.model.classes}>{text.model.classesValue(labels)}</Fact>}
    </dl>
  )
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}
