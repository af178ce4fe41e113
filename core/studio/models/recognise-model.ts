/** @file What is at a path, as far as the studio shows it: a checkpoint, recognised and corrected, or a run. */
import { join } from 'node:path'

import type { ModelDescription } from '../../api/contract/models.ts'
import type { ModelOverrides } from '../../api/contract/overrides.ts'
import { describeCheckpoint } from '../../files/checkpoint.ts'
import { fileSize } from '../../files/regular-file.ts'
import type { Sentence } from '../../sentence.ts'
import { refuseOverrides } from '../../train/model/open-model.ts'
import { isRunFolder, readRecord } from '../../train/run/run-folder.ts'
import type { Normalisation, VitConfig } from '../../vit/config.ts'

/** A model as far as a window needs it. */
export interface KnownModel {
  readonly kind: ModelDescription['kind']
  readonly family: string
  readonly config: VitConfig
  readonly normalisation: Normalisation
  readonly labels: readonly string[] | null
  readonly notes: readonly Sentence[]
  /** Of the file with its weights; 0 if there is none yet. */
  readonly bytes: number
}

/** Reads what is known about a model without its values. @throws AppError as `describeCheckpoint` does */
export async function recognise(path: string, overrides: ModelOverrides = {}): Promise<KnownModel> {
  if (!isRunFolder(path)) {
    const described = await describeCheckpoint(path, overrides)
    return { kind: 'checkpoint', ...described, bytes: (await fileSize(described.path)) ?? 0 }
  }
  refuseOverrides(path, overrides)
  const { model, classes, preprocessing } = await readRecord(path)
  const { family, config, notes } = model
  const bytes = (await fileSize(join(path, 'best.safetensors'))) ?? 0
  return { kind: 'run', family, config, normalisation: preprocessing, labels: classes, notes, bytes }
}
