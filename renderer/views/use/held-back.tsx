/** @file Held-back photos to try at once: a few of each kind, of which it is known what they show. */
import { useMemo, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useStudio } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Thumbnail } from '../data/thumbnail.tsx'

const mostOffered = 12

/** Nothing where none were held back. */
export function HeldBack({ run }: { readonly run: RunDetails }): JSX.Element | null {
  const { use } = useStudio()
  const offered = useMemo(() => inTurns(run.validation, mostOffered), [run.validation])
  if (offered.length === 0) return null
  const ask = (path: string, label: number): void =>
    void use.getState().askAbout(run.folder, [
      {
        name: path.slice(path.lastIndexOf('/') + 1),
        source: { folder: run.validationRoot, path },
        truth: run.classes[label] ?? null,
      },
    ])
  return (
    <section className="stack tight" aria-labelledby="held-back">
      <h2 id="held-back">{text.use.tryHeldBack}</h2>
      <p className="soft">{text.use.tryHeldBackHint}</p>
      <ul className="strip">
        {offered.map(({ path, label }) => (
          <li key={path}>
            <button type="button" aria-label={text.use.tryThis(path)} onClick={() => ask(path, label)}>
              <Thumbnail
                folder={run.validationRoot}
                path={path}
                size={240}
                alt=""
                className="gallery-image"
              />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One of each kind, then the next of each, as many as are wanted. */
function inTurns(images: RunDetails['validation'], most: number): RunDetails['validation'] {
  const ranks = new Map<number, number>()
  const ranked = images.map((image) => {
    const rank = ranks.get(image.label) ?? 0
    ranks.set(image.label, rank + 1)
    return { image, rank }
  })
  return ranked
    .toSorted((a, b) => a.rank - b.rank || a.image.label - b.image.label)
    .slice(0, most)
    .map(({ image }) => image)
}
