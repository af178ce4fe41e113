/** @file What stands above the results: which page of them is shown. */
import type { JSX } from 'react'

import { text } from '../../text/text.ts'
import { Pages } from '../../ui/pages.tsx'

const pages = ['run', 'compare'] as const
export type ResultsPage = (typeof pages)[number]

interface Props {
  readonly page: ResultsPage
  readonly onPage: (page: ResultsPage) => void
}

/** In one row. */
export function ResultsHeading({ page, onPage }: Props): JSX.Element {
  return (
    <div className="row apart">
      <Pages
        label={text.results.views.label}
        pages={pages}
        names={text.results.views}
        page={page}
        onPage={onPage}
      />
    </div>
  )
}
