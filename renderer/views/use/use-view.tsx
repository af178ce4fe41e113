/** @file The fifth step: new images shown to the model, and the model taken to other programs. */
import { useEffect, useState, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { Pages } from '../../ui/pages.tsx'
import { ExportPanel } from './export-panel.tsx'
import { Screen } from '../screen.tsx'
import { UseCamera } from './camera.tsx'
import { Cards } from './cards.tsx'
import { Offer } from './offer.tsx'
import { AnswerTable } from './table.tsx'
import { Threshold } from './threshold.tsx'

const pages = ['ask', 'export'] as const
type Page = (typeof pages)[number]

/** Nothing to use before there is a trained model. */
export function UseView(): JSX.Element {
  const { state } = useSubject('training', 'state')
  const [page, setPage] = useState<Page>('ask')
  const run = state.phase === 'run' && state.run.bestAccuracy !== null ? state.run : null
  return (
    <Screen title={text.use.title} lead={text.use.lead}>
      {run === null ? (
        <p className="soft">{text.steps.needsRun}</p>
      ) : (
        <>
          <Pages
            label={text.use.views.label}
            pages={pages}
            names={text.use.views}
            page={page}
            onPage={setPage}
          />
          {page === 'ask' ? <Ask run={run} /> : <ExportPanel key={run.id} run={run} />}
        </>
      )}
    </Screen>
  )
}

function Ask({ run }: { readonly run: RunDetails }): JSX.Element {
  const { problem, asked } = useSubject('use', 'problem', 'asked')
  const { table } = useSubject('table', 'table')
  const { recall } = useSubject('results', 'recall')
  const { open: openAnswers } = useSubject('answers', 'open')
  const [films, setFilms] = useState(false)
  const { id, folder } = run
  useEffect(() => void recall(id), [recall, id])
  useEffect(() => openAnswers(run), [openAnswers, run])
  const cards = asked.filter(({ model }) => model === folder)
  const hasTable = table?.model === folder
  return (
    <>
      <Offer model={folder} onCamera={() => setFilms(true)} />
      {films ? <UseCamera run={run} onClose={() => setFilms(false)} /> : null}
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {films || cards.length > 0 || hasTable ? <Threshold run={id} /> : null}
      {hasTable ? <AnswerTable table={table} /> : null}
      {cards.length === 0 ? null : <Cards model={folder} cards={cards} />}
    </>
  )
}
