/** @file A model as a stranger leaves it on a disk: files of any content, and things that are no files. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What is at a path: bytes, or something that is no file; `hole` is a file of so many zeros that take no space. */
export type Content =
  | Uint8Array
  | string
  | { readonly is: 'pipe' }
  | { readonly is: 'folder' }
  | { readonly is: 'link'; readonly to: string }
  | { readonly is: 'hole'; readonly start: Uint8Array; readonly size: number }

/** Files by their path in a folder, and what a person opens of them. */
export interface ModelFolder {
  readonly name: string
  readonly files: Readonly<Record<string, Content>>
  /** The path inside the folder; the folder itself where it is empty. */
  readonly opened: string
}

/** Writes a model into a new folder `root`; gives the path to open. */
export function writeModel(root: string, { files, opened }: ModelFolder): string {
  mkdirSync(root)
  for (const [name, content] of Object.entries(files)) writeContent(join(root, name), content)
  return join(root, opened)
}

function writeContent(path: string, content: Content): void {
  mkdirSync(dirname(path), { recursive: true })
  if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(path, content)
  else if (content.is === 'pipe') execFileSync('mkfifo', [path])
  else if (content.is === 'folder') mkdirSync(path)
  else if (content.is === 'link') symlinkSync(content.to, path)
  else {
    writeFileSync(path, content.start)
    truncateSync(path, content.size)
  }
}
