/**
 * @file The images of the folders that a project names: what the last check found out about them, kept in memory, or for
 * folders that were not checked just which there are.
 */
import { examineData, type CheckDataOptions, type ExaminedData } from '../../data/check.ts'
import type { DataFolder } from '../../data/classes.ts'
import { scanHeldBack, scanToLabel, withAdded } from '../../data/scan.ts'

/** The folders of a project. */
export interface FolderChoice {
  readonly folder: string
  readonly validation: string | null
  /** Photos that the project keeps itself, by their absolute paths. */
  readonly added?: readonly string[] | undefined
}

/** The training folder, and the validation folder if there is one; classes are the names of the class folders. */
export type ListedFolders = readonly Pick<DataFolder, 'root' | 'classes' | 'images'>[]

/** What is known about folders. */
export interface ImageFolders {
  /** Opens every file once and remembers what was found. @throws AppError as `examineData` */
  readonly examine: (choice: FolderChoice, options: CheckDataOptions) => Promise<ExaminedData>
  /** What the last check found; undefined where other folders were checked since. */
  readonly known: (choice: FolderChoice) => ExaminedData | undefined
  /** As far as known, which images there are. @throws AppError as `scanToLabel` */
  readonly list: (choice: FolderChoice) => Promise<ListedFolders>
  /** Which images there are by now. @throws AppError as `scanToLabel` */
  readonly listAgain: (choice: FolderChoice, signal?: AbortSignal) => Promise<ListedFolders>
}

// Of the window's project, and of one that was open before.
const mostKept = 2

/** Nothing is known yet. */
export function createImageFolders(): ImageFolders {
  const examined = new Map<string, ExaminedData>()
  const listed = new Map<string, ListedFolders>()
  const listAgain = async (choice: FolderChoice, signal?: AbortSignal): Promise<ListedFolders> => {
    const folders = await scanBoth(choice, signal)
    keep(listed, keyOf(choice), folders)
    return folders
  }
  return {
    examine: async (choice, options) => {
      const found = await examineData(choice.folder, {
        ...options,
        validationDirectory: choice.validation ?? undefined,
      })
      keep(examined, keyOf(choice), found)
      keep(
        listed,
        keyOf(choice),
        found.folders.map(({ folder }) => folder),
      )
      return found
    },
    known: (choice) => examined.get(keyOf(choice)),
    list: async (choice) => listed.get(keyOf(choice)) ?? listAgain(choice),
    listAgain,
  }
}

function keyOf({ folder, validation }: FolderChoice): string {
  return JSON.stringify([folder, validation])
}

function keep<T>(all: Map<string, T>, key: string, value: T): void {
  all.delete(key)
  all.set(key, value)
  for (const old of [...all.keys()].slice(0, -mostKept)) all.delete(old)
}

async function scanBoth(
  { folder, validation, added }: FolderChoice,
  signal: AbortSignal | undefined,
): Promise<ListedFolders> {
  const { validation: brought, ...found } = await scanToLabel(folder, { signal })
  const training = withAdded(found, added)
  const held = validation === null ? brought : await scanHeldBack(validation, training.classes, { signal })
  return held === undefined ? [training] : [training, held]
}
