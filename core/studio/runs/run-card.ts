/**
 * @file What the studio notes about a run beside what the run itself records, in `studio.json` of its folder: the name
 * for people, the project, and whether it was removed. The server writes it at any time; the run does not need it.
 */
import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'

import * as z from 'zod'

import { HeldOutImages } from '../../api/contract/runs.ts'
import { jsonFile, type JsonFile } from '../../files/json-store.ts'
import { readRunData } from '../../train/run/run-folder.ts'
import type { RunData } from '../../train/run/run-record.ts'

const StoredCard = z.object({
  name: z.string(),
  project: z.string().nullable().default(null),
  // The list of images says these as well, but it is long; runs of the first versions say them only there.
  /** Where its images are. */
  data: z.string().optional(),
  /** Images it learns from. */
  training: z.int().optional(),
  heldOut: HeldOutImages.optional(),
  /** Whether it was removed, and is deleted unless it is restored. */
  isRemoved: z.boolean().default(false),
})
type StoredCard = z.output<typeof StoredCard>

/** What is noted about a run. */
export type RunCard = StoredCard & {
  readonly data: string
  readonly training: number
  readonly heldOut: HeldOutImages
}

function cardFile(folder: string): JsonFile<StoredCard> {
  return jsonFile(join(folder, 'studio.json'), StoredCard, { damaged: 'nothing' })
}

/** What is noted about the run in `folder`; a run without a name has that of its folder. */
export async function readCard(folder: string): Promise<RunCard> {
  return complete(folder, await cardFile(folder).read())
}

/** Changes what is noted about the run in `folder`. */
export async function changeCard(
  folder: string,
  change: Partial<Pick<RunCard, 'name' | 'project' | 'isRemoved'>>,
): Promise<void> {
  await cardFile(folder).change(async (before) => ({ ...(await complete(folder, before)), ...change }))
}

async function complete(folder: string, stored: StoredCard | null): Promise<RunCard> {
  const card = stored ?? { name: basename(folder), project: null, isRemoved: false }
  const { data, training, heldOut } = card
  if (data !== undefined && training !== undefined && heldOut !== undefined)
    return { ...card, data, training, heldOut }
  const images = await readRunData(folder)
  return {
    ...card,
    data: images.trainingRoot,
    training: images.training.length,
    heldOut: heldOutOf(images),
  }
}

/** Which images a run holds out: the same for two runs that hold out the same files, whatever their order. */
function heldOutOf({ validationRoot, validation }: RunData): HeldOutImages {
  const hash = createHash('sha256').update(validationRoot)
  for (const path of validation.map((image) => image.path).toSorted()) hash.update('\0').update(path)
  return { images: validation.length, sum: hash.digest('hex').slice(0, 16) }
}
