/** @file Where a picture comes from: an image of the engine's machine, or a file that was dropped on the window. */
import type { ImageToPredict } from '../../core/api/contract/predict.ts'

export type ImageSource = { readonly folder: string; readonly path: string } | { readonly file: File }

/** The picture as the engine takes it. */
export async function imageToPredict(source: ImageSource): Promise<ImageToPredict> {
  if (!('file' in source)) return { folder: source.folder, path: source.path }
  return { name: source.file.name, bytes: new Uint8Array(await source.file.arrayBuffer()) }
}

/** The same text for the same image of the engine's machine; a file is the same as itself only. */
export function keyOfSource(source: ImageSource): string | File {
  return 'file' in source ? source.file : `${source.folder}\n${source.path}`
}
