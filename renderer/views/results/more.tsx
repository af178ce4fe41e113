/** @file Shows more of a long list on request. */
import type { JSX } from 'react'

import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

interface Props {
  readonly shown: number
  readonly total: number
  readonly onMore: (shown: number) => void
}

const portion = 60

/** Nothing if everything is shown. */
export function MoreButton({ shown, total, onMore }: Props): JSX.Element | null {
  if (total <= shown) return null
  return (
    <div>
      <Button onClick={() => onMore(shown + portion)}>{text.results.more(total - shown)}</Button>
    </div>
  )
}
