/** @file Copies the images of a folder into a folder for each answer, the unsure ones into one of their own. */
import { basename } from 'node:path'

import type { CopiedImages, Progress } from '../../api/contract/values.ts'
import { mapParallel } from '../../data/parallel.ts'
import { statFile } from '../../data/regular-file.ts'
import { isUnreadable } from '../../data/unreadable.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { AppError } from '../../errors.ts'
import { copyIntoFolders, createFreeNames, type Copy } from '../copy-into-folders.ts'
import { inside } from '../path-inside.ts'

type CopyItem = Progress | { readonly type: 'done'; readonly result: CopiedImages }

/** What is copied where. */
export interface AnswersToCopy {
  /** The images' folder. */
  readonly folder: string
  /** An empty or new folder. */
  readonly to: string
  /** Paths in the folder, by the name of the folder that their copies go to. */
  readonly groups: readonly { readonly name: string; readonly paths: readonly string[] }[]
}

const filesAtOnce = 8

/**
 * Copies them. Images that have gone since are among those that failed.
 *
 * @throws AppError as `copyIntoFolders`, and `invalid_input` for a path that leads out of the folder
 */
export async function* copyAnswers(
  { folder, to, groups }: AnswersToCopy,
  signal: AbortSignal,
): AsyncGenerator<CopyItem> {
  const freeName = createFreeNames()
  const wanted = groups.flatMap(({ name, paths }) =>
    paths.map((path) => ({
      from: inside(folder, path),
      folders: [name],
      name: freeName([name], basename(path)),
    })),
  )
  const gone: SkippedFile[] = []
  const found = await mapParallel(wanted, filesAtOnce, async (copy): Promise<Copy | null> => {
    try {
      return { ...copy, bytes: (await statFile(copy.from)).bytes }
    } catch (thrown) {
      if (!isUnreadable(thrown)) throw thrown
      gone.push({ path: copy.from, reason: AppError.from(thrown).sentence })
      return null
    }
  })
  const copies = found.filter((copy) => copy !== null)
  const failed = [...gone, ...(yield* copyIntoFolders({ to, sources: [folder], copies, signal }))]
  yield { type: 'done', result: { folder: to, copied: wanted.length - failed.length, failed } }
}
