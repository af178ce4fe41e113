/** @file Which labels a run does not know yet. */
import { expect, it } from 'vitest'

import { unlearnedLabels } from '../../../../core/studio/runs/unlearned-labels.ts'
import type { RunData } from '../../../../core/train/run/run-record.ts'

const image = (path: string, label: number) =>
  ({ path, label, width: 1, height: 1, bytes: 1, modifiedMs: 0 }) as RunData['training'][number]

it('are those of images that it has under another label, or does not have', () => {
  const data: RunData = {
    trainingRoot: '/photos',
    validationRoot: '/held',
    training: [image('ant/1.jpg', 1), image('ant/2.jpg', 0)],
    validation: [image('ant/1.jpg', 0)],
    skipped: [],
    warnings: [],
  }
  const file = (root: string, path: string, label: string) => ({ root, path, label })
  const wrong = [
    file('/photos', 'ant/2.jpg', 'bee'),
    file('/held', 'ant/1.jpg', 'bee'),
    file('/photos', 'new.jpg', 'ant'),
  ]
  const files = [file('/photos', 'ant/1.jpg', 'bee'), file('/held', 'ant/1.jpg', 'ant'), ...wrong]
  expect(unlearnedLabels(data, ['ant', 'bee'], files)).toEqual(wrong)
})
