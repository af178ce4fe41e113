/** @file What stands above the Use step: which page of it is shown. */
import type { JSX } from 'react'

import { text } from '../../text/text.ts'
import { Pages } from '../../ui/pages.tsx'

const pages = ['ask', 'export'] as const
type UsePage = (typeof pages)[number]

interface Props {
  readonly page: UsePage
  readonly onPage: (page: UsePage) => void
}

/** In one row. */
export function UseHeading({ page, onPage }: Props): JSX.Element {
  return (
    <div className="row apart">
      <Pages label={text.use.views.label} pages={pages} names={text.use.views} page={page} onPage={onPage} />
    </div>
  )
}
