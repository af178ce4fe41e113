/** @file What was just said of photos, undone or refused, in passing, with the way back: one line over whatever is open. */
import { Undo2, X } from 'lucide-react'
import { useEffect, type JSX } from 'react'

import { shownKeys } from '../shortcuts.ts'
import { useSubject } from '../studio.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { useLabelActions } from './label-actions.ts'

const shownMs = 7000

/** Empty most of the time. */
export function LabelNewsLine(): JSX.Element {
  const { news, problem, forgetNews } = useSubject('labels', 'news', 'problem', 'forgetNews')
  const { undo } = useLabelActions()
  const isProblem = problem !== null
  useEffect(() => {
    if (news === null || isProblem) return undefined
    const timer = setTimeout(forgetNews, shownMs)
    return () => clearTimeout(timer)
  }, [news, isProblem, forgetNews])
  return (
    <div className="label-news" role="status">
      {problem === null ? null : (
        <div className="label-news-line problem">
          <span>{problem}</span>
          <Button look="quiet" aria-label={text.common.dismiss} onClick={forgetNews}>
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      )}
      {news === null || isProblem ? null : (
        <div className="label-news-line">
          <span>{text.wall.said(news.way, news.step.kind, news.step.images, news.step.names)}</span>
          {news.way === 'done' ? (
            <Button look="quiet" title={shownKeys('undo')} onClick={undo.run}>
              <Undo2 size={16} aria-hidden="true" />
              {text.wall.undo}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  )
}
