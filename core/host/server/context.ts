/** @file What the server's answers work with. */
import type { Device } from '../../api/contract/devices.ts'
import type { EngineHost } from '../engine/engine-host.ts'
import type { ImageFolders } from '../../studio/labels/image-folders.ts'
import type { ProjectLabels } from '../../studio/labels/project-labels.ts'
import type { Projects } from '../../studio/projects/projects.ts'
import type { Thumbnails } from '../../studio/data/thumbnails.ts'
import type { Trainings } from '../../studio/runs/trainings.ts'

/** One studio's engine, the devices it found, the training in progress, the pictures it may show, and what was said of them. */
export interface ServerContext {
  readonly engine: EngineHost
  readonly devices: () => Promise<Device[]>
  readonly trainings: Trainings
  readonly thumbnails: Thumbnails
  readonly projects: Projects
  readonly imageFolders: ImageFolders
  readonly labels: ProjectLabels
}
