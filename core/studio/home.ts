/** @file The folder where the studio keeps its runs, exports and sample pictures, and what is where in it. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

import type { Store } from '../catalogue/store.ts'

/** VIT_STUDIO_HOME, or the platform's place for a user's data. */
export function studioHome(): string {
  const { VIT_STUDIO_HOME, XDG_DATA_HOME, APPDATA } = process.env
  if (VIT_STUDIO_HOME !== undefined && VIT_STUDIO_HOME !== '') return resolve(VIT_STUDIO_HOME)
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'vit-studio')
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'vit-studio')
  const data =
    XDG_DATA_HOME === undefined || XDG_DATA_HOME === '' ? join(homedir(), '.local', 'share') : XDG_DATA_HOME
  return join(data, 'vit-studio')
}

/** The folder of runs, each in a folder named by its id. */
export function runsFolder(): string {
  return join(studioHome(), 'runs')
}

/** The folder of projects, each in a folder named by its id. */
export function projectsFolder(): string {
  return join(studioHome(), 'projects')
}

/** Copies of folders that a browser could not name by their path. */
export function droppedFolder(): string {
  return join(studioHome(), 'dropped')
}

/** Where the exports of a run go unless told otherwise. */
export function exportFolder(run: string): string {
  return join(studioHome(), 'exports', run)
}

/** Where models of the catalogue are looked for, and downloaded to. */
export function downloadStore(): Store {
  return { folder: join(studioHome(), 'models'), environment: process.env }
}

/** The folder of the sample pictures. */
export function sampleFolder(): string {
  return join(studioHome(), 'sample')
}
