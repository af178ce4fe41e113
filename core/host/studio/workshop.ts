/** @file What the server's answers work with. */
import type { Device } from '../../api/contract/devices.ts'
import type { EngineHost } from './engine-host.ts'
import type { Projects } from './projects.ts'
import type { Thumbnails } from './thumbnails.ts'
import type { Trainings } from './trainings.ts'

/** One studio's engine, the devices it found, the training that goes on, and the pictures it may show. */
export interface Workshop {
  readonly engine: EngineHost
  readonly devices: () => Promise<Device[]>
  readonly trainings: Trainings
  readonly thumbnails: Thumbnails
  readonly projects: Projects
}
