/** @file Why the last wish about a project could not be met, until it is dismissed. */
import type { JSX } from 'react'

import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Nothing where all went well. */
export function ProjectProblem(): JSX.Element | null {
  const { problem, forgetProblem } = useSubject((studio) => studio.project)
  if (problem === null) return null
  return (
    <Notice
      kind="error"
      action={
        <Button look="quiet" onClick={forgetProblem}>
          {text.common.dismiss}
        </Button>
      }
    >
      <p>{problem}</p>
    </Notice>
  )
}
