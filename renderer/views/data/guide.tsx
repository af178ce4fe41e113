/** @file The line over photos without a kind: what to do next, how far the model has looked, and its suggestions. */
import { Check, RefreshCw, Sparkles } from 'lucide-react'
import { useState, type JSX } from 'react'

import { fewestLabelled } from '../../../core/api/contract/suggestions.ts'
import type { Arrangement, PhotoCounts } from '../../store/arrangement.ts'
import type { LabelledPhotos } from '../../store/labels.ts'
import type { Photos } from '../../store/photos.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { mostUnasked, useAskedModel } from './use-guesses.ts'

interface Props {
  readonly photos: Photos
  readonly counts: PhotoCounts
  readonly arrangement: Arrangement
}

/** Once there it stays, so that nothing moves when the last photo has its kind. */
export function Guide({ photos, counts, arrangement }: Props): JSX.Element | null {
  const [wasThere, setThere] = useState(false)
  useAskedModel(counts)
  const unlabelled = counts.traits.unlabelled
  if (unlabelled > 0 && !wasThere) setThere(true)
  if (unlabelled === 0 && !wasThere) return null
  return (
    <div className="guide" role="group" aria-label={text.wall.guide}>
      <div className="guide-progress">
        <Progress
          label={text.wall.labelledOf(counts.total - unlabelled, counts.total)}
          share={1 - unlabelled / Math.max(1, counts.total)}
        />
        <span className="small number">{text.wall.labelledOf(counts.total - unlabelled, counts.total)}</span>
      </div>
      <p role="status">
        <GuideSentence counts={counts} />
      </p>
      <GuideButtons photos={photos} counts={counts} arrangement={arrangement} />
    </div>
  )
}

function GuideSentence({ counts }: { readonly counts: PhotoCounts }): JSX.Element {
  const { shown, work, problem } = useSubject('suggestions', 'shown', 'work', 'problem')
  return <>{sentenceOf()}</>
  function sentenceOf(): string {
    if (counts.traits.unlabelled === 0) return text.wall.allLabelled
    if (problem !== null) return problem
    const known = counts.training.map((own, kind) => own + (counts.held[kind] ?? 0))
    if (known.every((count) => count === 0)) return text.wall.beginLabelling
    if (shown !== null) return text.wall.suggested(shown.judged.right, shown.judged.images)
    if (known.filter((count) => count >= fewestLabelled).length < 2)
      return text.wall.labelMore(fewestLabelled)
    return work === null ? text.wall.canSuggest : text.wall.looking(work.done, work.total)
  }
}

function GuideButtons({ photos, counts, arrangement }: Props): JSX.Element {
  const { labels, suggestions } = useStudio()
  const { waiting, work } = useSubject('suggestions', 'waiting', 'work')
  const { project } = useSubject('labels', 'project')
  const model = useSelected('model', ({ state }) => (state.phase === 'ready' ? state.model.path : null))
  const sure = sureGroups(photos, arrangement)
  const total = sure.reduce((sum, group) => sum + group.photos.length, 0)
  const accept = (): void => {
    suggestions.getState().expect()
    void labels.getState().labelAll(sure)
  }
  const isLarge = counts.traits.unlabelled > mostUnasked
  return (
    <div className="guide-buttons">
      {work !== null && isLarge ? (
        <Button look="quiet" onClick={() => suggestions.getState().cancel()}>
          {text.common.cancel}
        </Button>
      ) : null}
      {work === null && isLarge && project !== null && model !== null ? (
        <Button onClick={() => void suggestions.getState().ask(project, model)}>
          <Sparkles size={16} aria-hidden="true" />
          {text.wall.suggest}
        </Button>
      ) : null}
      {waiting === null ? null : (
        <Button onClick={() => suggestions.getState().update()}>
          <RefreshCw size={16} aria-hidden="true" />
          {text.wall.showNewer}
        </Button>
      )}
      {total === 0 ? null : (
        <Button look="primary" onClick={accept}>
          <Check size={16} aria-hidden="true" />
          {text.wall.acceptSure(total)}
        </Button>
      )}
    </div>
  )
}

/** The photos whose suggested kind is surely right. */
function sureGroups(photos: Photos, { order, sections }: Arrangement): LabelledPhotos[] {
  return sections.flatMap(({ guess, kind, start, sure = 0 }) => {
    const name = photos.kinds[kind ?? -1]
    if (guess !== 'suggested' || name === undefined || sure === 0) return []
    const own = [...order.subarray(start, start + sure)].flatMap((photo) => photos.at(photo) ?? [])
    return [{ photos: own, kind: name }]
  })
}
