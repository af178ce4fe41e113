/** @file The training photos that are most like an image, as the model sees them. */
import { useEffect, useState, type JSX } from 'react'

import type { SimilarImage } from '../../../core/api/contract/predict.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { imageToPredict, keyOfSource, type ImageSource } from '../../store/image-source.ts'
import { useStudio } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { wordsOfError } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'

interface Props {
  readonly run: RunDetails
  readonly source: ImageSource
}

type State =
  | { readonly phase: 'looking'; readonly share: number | undefined }
  | { readonly phase: 'found'; readonly root: string; readonly images: readonly SimilarImage[] }
  | { readonly phase: 'failed'; readonly message: string }

const wanted = 4
// So many photos are looked at within seconds; with more a person is asked first.
const unasked = 2000

/** Found by themselves where that takes a moment; the places of the photos are kept meanwhile. */
export function SimilarPhotos({ run, source }: Props): JSX.Element {
  const [isAsked, setAsked] = useState(run.training <= unasked)
  return (
    <section className="stack tight" aria-labelledby="similar">
      <div>
        <h3 id="similar">{text.use.similar.title}</h3>
        <p className="soft">{text.use.similar.hint}</p>
      </div>
      {isAsked ? (
        <Found run={run} source={source} onCancel={() => setAsked(false)} />
      ) : (
        <div>
          <Button onClick={() => setAsked(true)}>{text.use.similar.find(run.training)}</Button>
        </div>
      )}
    </section>
  )
}

function Found({ run, source, onCancel }: Props & { readonly onCancel: () => void }): JSX.Element {
  const state = useSimilar(run.id, source)
  switch (state.phase) {
    case 'failed':
      return <Notice kind="warning">{state.message}</Notice>
    case 'looking':
      return (
        <div className="similar">
          {Array.from({ length: wanted }, (_, place) => (
            <div key={place} className="gallery-image" />
          ))}
          <div className="similar-wait">
            <Progress label={text.use.similar.looking} share={state.share} />
            {run.training > unasked ? <Button onClick={onCancel}>{text.common.cancel}</Button> : null}
          </div>
        </div>
      )
    case 'found':
      return (
        <ul className="similar">
          {state.images.map(({ path, label, similarity }) => (
            <li key={path}>
              <Thumbnail
                folder={state.root}
                path={path}
                size={320}
                alt={text.use.similar.photo(label)}
                className="gallery-image"
              />
              <span className="strip-name">
                <KindName kind={run.classes.indexOf(label)} name={label} />
              </span>
              <span className="soft number" title={text.use.similar.alike(percent(similarity))}>
                {percent(similarity)}
              </span>
            </li>
          ))}
        </ul>
      )
    default:
      return state
  }
}

function useSimilar(run: string, source: ImageSource): State {
  const { api } = useStudio()
  const key = keyOfSource(source)
  const [found, setFound] = useState<{ readonly key: unknown; readonly state: State } | null>(null)
  useEffect(() => {
    const interest = new AbortController()
    const { signal } = interest
    const show = (state: State): void => {
      if (!signal.aborted) setFound({ key, state })
    }
    const look = async (): Promise<void> => {
      const image = await imageToPredict(source)
      for await (const item of api.predict.similar({ run, image, count: wanted }, { signal })) {
        if (item.type === 'done') show({ phase: 'found', root: item.root, images: item.images })
        else show({ phase: 'looking', share: item.total === 0 ? undefined : item.done / item.total })
      }
    }
    look().catch((error: unknown) => show({ phase: 'failed', message: wordsOfError(error) }))
    return () => interest.abort()
    // The key represents the source. oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [api, run, key])
  return found !== null && found.key === key ? found.state : { phase: 'looking', share: undefined }
}
