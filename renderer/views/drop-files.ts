/** @file Folders and files dropped anywhere on the window: what they are, and where they go. */
import { useCallback, useEffect, useState } from 'react'

import { isImageName } from '../../core/data/image-names.ts'
import { pathOfDropped } from '../connection.ts'
import type { Dropped, DropTarget } from '../store/drops.ts'
import type { DroppedFile, DroppedTree } from '../store/send-folder.ts'
import { useStudio } from '../studio.ts'
import { text } from '../text/text.ts'

/** Makes the screen take what is dropped as long as it is shown; `take` has to be the same on every render. */
export function useDropTarget(hint: string, take: (dropped: Dropped) => void): void {
  const { drops } = useStudio()
  useEffect(() => {
    const { setTarget } = drops.getState()
    setTarget({ hint, take })
    return () => setTarget(null)
  }, [drops, hint, take])
}

/**
 * Makes the screen take dropped folders, and single images as a folder of their own where `takesLoose` says so; both
 * functions have to be the same on every render. Returns whether the last drop was of files that are not taken.
 */
export function useDroppedFolder(
  hint: string,
  onFolder: (path: string | null, tree: DroppedTree) => void,
  takesLoose: () => boolean = always,
): boolean {
  const [isSingle, setSingle] = useState(false)
  const take = useCallback(
    (dropped: Dropped) => {
      const files = dropped.kind === 'files' && takesLoose() ? dropped.files : []
      const images = files.filter(({ name }) => isImageName(name))
      setSingle(dropped.kind === 'files' && images.length === 0)
      if (dropped.kind === 'folder') onFolder(dropped.path, dropped.tree)
      else if (images.length > 0) onFolder(null, treeOf(images))
    },
    [onFolder, takesLoose],
  )
  useDropTarget(hint, take)
  return isSingle
}

function always(): boolean {
  return true
}

/** Files that have no folder of their own, by their names. */
function treeOf(files: readonly File[]): DroppedTree {
  return { name: text.data.manyFolders, list: async () => files.map((file) => ({ path: file.name, file })) }
}

/**
 * Listens to the whole window: project files are opened, everything else goes to the screen's target, or to `otherwise`
 * if the screen has none. Returns what to say while something hovers over the window, or null. In no case does the
 * browser leave the page for a file.
 */
export function useDrops(otherwise: DropTarget | null): string | null {
  const { drops, project } = useStudio()
  const [hint, setHint] = useState<string | null>(null)
  useEffect(() => {
    const target = (): DropTarget | null => drops.getState().target ?? otherwise
    const over = (event: DragEvent): void => {
      event.preventDefault()
      const hasFiles = event.dataTransfer?.types.includes('Files') === true
      setHint(hasFiles ? (target()?.hint ?? null) : null)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHint(null)
    }
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      setHint(null)
      const dropped = event.dataTransfer === null ? null : readDrop(event.dataTransfer)
      if (dropped === null) return
      const file = dropped.kind === 'files' ? dropped.files.find(isProject) : undefined
      if (file === undefined) target()?.take(dropped)
      else void openProject(file, project.getState().openFile)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [drops, otherwise, project])
  return hint
}

function isProject({ name }: File): boolean {
  return name.toLowerCase().endsWith('.vitstudio')
}

async function openProject(
  file: File,
  open: (file: { readonly path: string } | { readonly content: string }) => Promise<void>,
): Promise<void> {
  const path = pathOfDropped(file)
  await open(path === null ? { content: await file.text() } : { path })
}

/** Null for a drop without files. Has to be called while the drop event is handled: afterwards its contents are gone. */
function readDrop({ items, files }: DataTransfer): Dropped | null {
  const folders = [...items].flatMap((item) => {
    const entry = item.webkitGetAsEntry()
    return entry !== null && isFolder(entry) ? [{ entry, file: item.getAsFile() }] : []
  })
  const [first] = folders
  if (first === undefined) return files.length === 0 ? null : { kind: 'files', files: [...files] }
  if (folders.length > 1) {
    const entries = folders.map(({ entry }) => entry)
    const tree: DroppedTree = {
      name: text.data.manyFolders,
      list: async (signal) => filesBelow(entries, '', signal),
    }
    return { kind: 'folder', path: null, tree }
  }
  const path = first.file === null ? null : pathOfDropped(first.file)
  const tree: DroppedTree = {
    name: first.entry.name,
    list: async (signal) => filesBelow(await childrenOf(first.entry), '', signal),
  }
  return { kind: 'folder', path, tree }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** Every file below some entries, hidden ones left out. */
async function filesBelow(
  entries: readonly FileSystemEntry[],
  prefix: string,
  signal: AbortSignal,
): Promise<DroppedFile[]> {
  const found: DroppedFile[][] = []
  for (const entry of entries) {
    signal.throwIfAborted()
    const path = `${prefix}${entry.name}`
    if (entry.name.startsWith('.')) continue
    if (isFolder(entry)) found.push(await filesBelow(await childrenOf(entry), `${path}/`, signal))
    else found.push([{ path, file: await fileOf(entry as FileSystemFileEntry) }])
  }
  return found.flat()
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** A browser gives the entries of a folder a hundred at a time, and none when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[][] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all.flat()
    all.push(some)
  }
}
