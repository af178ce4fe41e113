/** @file What `--model` means: a path, or the id of a catalogue model that has been downloaded. */
import { existsSync } from 'node:fs'

import { AppError } from '../../errors.ts'
import { findModel, isCatalogueId } from '../../catalogue/models.ts'
import { presenceOf } from '../../catalogue/store.ts'
import { downloadStore } from '../../studio/home.ts'

/**
 * The path of a model as given. An existing path takes precedence; an id stands for the downloaded file.
 *
 * @throws AppError `not_found` for an id whose model is not here yet; it is never downloaded unasked
 */
export async function modelPath(given: string): Promise<string> {
  if (existsSync(given) || !isCatalogueId(given)) return given
  const presence = await presenceOf(findModel(given), downloadStore())
  if (presence.state === 'ready') return presence.path
  throw new AppError(
    'not_found',
    `${given} is not on this machine yet. Download it with: npm run -s studio -- download ${given}`,
  )
}
