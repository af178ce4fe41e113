/** @file Why the last request about a project failed, until it is dismissed. */
import type { JSX } from 'react'

import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Nothing if all went well. */
export function ProjectProblem(): JSX.Element | null {
  const { problem, forgetProblem } = useSubject('project', 'problem', 'forgetProblem')
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
