/** @file Which of the labels that a person has given a run does not know yet. */
import type { LabelledFile } from '../../api/contract/labels.ts'
import type { RunData } from '../../train/run/run-record.ts'

/** Those whose image the run does not have, or has under another label; `classes` are the run's. */
export function unlearnedLabels(
  { trainingRoot, training, validationRoot, validation }: RunData,
  classes: readonly string[],
  files: readonly LabelledFile[],
): LabelledFile[] {
  const known = new Map<string, string | undefined>()
  for (const { path, label } of training) known.set(`${trainingRoot}\n${path}`, classes[label])
  for (const { path, label } of validation) known.set(`${validationRoot}\n${path}`, classes[label])
  return files.filter(({ root, path, label }) => known.get(`${root}\n${path}`) !== label)
}
