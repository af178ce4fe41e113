/** @file Sends the images of a folder that was dropped in a browser, which knows their contents but not where they are. */
import type { Api } from '../../core/api/contract.ts'
import { isImageName } from '../../core/data/image-names.ts'
import { AppError } from '../../core/errors.ts'
import { say } from '../../core/sentence.ts'

/** A file of a dropped folder; `path` is relative to it, with `/` between the parts. */
export interface DroppedFile {
  readonly path: string
  readonly file: File
}

/** A dropped folder, whose files are listed when they are needed. */
export interface DroppedTree {
  readonly name: string
  readonly list: (signal: AbortSignal) => Promise<readonly DroppedFile[]>
}

// Few messages for many small files, none so large that a cancellation or a thumbnail would wait for it.
const bytesPerMessage = 4_000_000
const partsPerMessage = 200

/** A piece of a file on its way. */
interface Part {
  readonly path: string
  readonly offset: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Copies the images to the studio and returns their folder, and how many files were left out because they are not
 * images.
 *
 * @throws AppError `invalid_input` if there is no image among them, `cancelled` after removing what was copied
 */
export async function sendFolder(
  api: Api,
  tree: DroppedTree,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<{ readonly folder: string; readonly left: number }> {
  const all = await tree.list(signal)
  const images = all.filter(({ path }) => isImageName(path))
  if (images.length === 0) {
    throw new AppError(
      'invalid_input',
      say`There are no images in “${tree.name}”. Drop a folder that contains one folder of images for each class.`,
    )
  }
  const total = images.reduce((sum, { file }) => sum + file.size, 0)
  const { drop } = await api.data.beginDrop({ name: tree.name, bytes: total }, { signal })
  try {
    let done = 0
    for await (const parts of messagesOf(images)) {
      await api.data.receive({ drop, parts }, { signal })
      done += parts.reduce((sum, { bytes }) => sum + bytes.length, 0)
      onProgress(done, total)
    }
    const { folder } = await api.data.endDrop({ drop, keep: true }, { signal })
    return { folder: folder ?? '', left: all.length - images.length }
  } catch (error) {
    // The first failure is the one to report; what it leaves behind is removed by the next drop at the latest.
    await api.data.endDrop({ drop, keep: false }).catch(() => undefined)
    throw error
  }
}

async function* messagesOf(files: readonly DroppedFile[]): AsyncGenerator<Part[]> {
  let parts: Part[] = []
  let size = 0
  for (const { path, file } of files) {
    for (let offset = 0; offset === 0 || offset < file.size; offset += bytesPerMessage) {
      const bytes = new Uint8Array(await file.slice(offset, offset + bytesPerMessage).arrayBuffer())
      if (size + bytes.length > bytesPerMessage || parts.length === partsPerMessage) {
        yield parts
        parts = []
        size = 0
      }
      parts.push({ path, offset, bytes })
      size += bytes.length
    }
  }
  if (parts.length > 0) yield parts
}
