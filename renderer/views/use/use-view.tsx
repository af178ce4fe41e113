/** @file The fifth step: new images shown to the model, and the model taken to other programs. */
import { useEffect, useState, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { ExportPanel } from './export-panel.tsx'
import { Screen } from '../screen.tsx'
import { Answers } from './answers.tsx'
import { OpenTraining } from '../trainings/open-training.tsx'
import { UseCamera } from './camera.tsx'
import { HeldBack } from './held-back.tsx'
import { UseHeading } from './heading.tsx'
import { Offer } from './offer.tsx'
import { AnswerTable } from './table.tsx'
import { Threshold } from './threshold.tsx'

/** Nothing to use before there is a trained model. */
export function UseView(): JSX.Element {
  const { open: run } = useSubject('trainings', 'open')
  const { isShown, show } = useSubject('exports', 'isShown', 'show')
  return (
    <Screen
      title={run === null ? text.use.title : text.trainings.titled(text.use.title, run.name)}
      lead={text.use.lead}
    >
      {run === null ? (
        <p className="soft">{text.steps.needsRun}</p>
      ) : (
        <>
          <OpenTraining />
          <UseHeading page={isShown ? 'export' : 'ask'} onPage={(page) => show(page === 'export')} />
          {isShown ? <ExportPanel key={run.id} run={run} /> : <Ask run={run} />}
        </>
      )}
    </Screen>
  )
}

function Ask({ run }: { readonly run: RunDetails }): JSX.Element {
  const { problem, asked, shown } = useSubject('use', 'problem', 'asked', 'shown')
  const { table } = useSubject('table', 'table')
  const { recall } = useSubject('results', 'recall')
  const { open: openAnswers } = useSubject('answers', 'open')
  const [films, setFilms] = useState(false)
  const { id, folder } = run
  useEffect(() => void recall(id), [recall, id])
  useEffect(() => openAnswers(run), [openAnswers, run])
  const answers = asked.filter(({ model }) => model === folder)
  const large = answers.find(({ key }) => key === shown) ?? answers[0]
  const hasTable = table?.model === folder
  const isUsed = films || hasTable || large !== undefined
  return (
    <>
      <Offer model={folder} isSmall={isUsed} onCamera={() => setFilms(true)} />
      {films ? <UseCamera run={run} onClose={() => setFilms(false)} /> : null}
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {large === undefined ? null : <Answers run={run} asked={answers} shown={large} />}
      {hasTable ? <AnswerTable run={run} table={table} /> : null}
      {isUsed ? <Threshold run={id} /> : null}
      <HeldBack run={run} />
    </>
  )
}
