/** @file Answers about predictions that need no computing. */
import type { ServerHandlers } from '../../api/contract.ts'
import { copyAnswers } from '../../studio/predict/copy-answers.ts'

/** Answers of the subject `predict`. */
export function predictHandlers(): ServerHandlers['predict'] {
  return {
    copyAnswers: ({ folder, to, groups }, { signal }) =>
      copyAnswers(
        { folder, to, groups: groups.map(({ name, paths }) => ({ name, paths: paths.split('//') })) },
        signal,
      ),
  }
}
